/* What a person sees of the pages of the Dev UI: whether it can be read, stands in line, and fits. Each runs in the page. */

/** The lowest contrast of the texts that a selector finds, in open shadow trees too (WCAG 2.1 section 1.4.3). */
export const contrast = (page, selector) => page.evaluate(selector => {
    const channels = color => {
        const [red, green, blue, alpha] = color.match(/[\d.]+/g).map(Number);
        const scale = color.startsWith('color(') ? 255 : 1;
        return {red: red * scale, green: green * scale, blue: blue * scale, alpha: alpha ?? 1};
    };
    const over = (upper, lower) => Object.fromEntries(['red', 'green', 'blue'].map(channel =>
        [channel, upper[channel] * upper.alpha + lower[channel] * (1 - upper.alpha)]));
    const linear = value => value / 255 <= .03928 ? value / 255 / 12.92 : ((value / 255 + .055) / 1.055) ** 2.4;
    const luminance = color => .2126 * linear(color.red) + .7152 * linear(color.green) + .0722 * linear(color.blue);
    const parent = node => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
    const behind = node => {
        const color = node ? channels(getComputedStyle(node).backgroundColor)
            : {...channels(getComputedStyle(document.body).backgroundColor), alpha: 1};
        return color.alpha === 1 ? color : over(color, behind(parent(node)));
    };
    const find = root => [...root.querySelectorAll('*')].flatMap(element =>
        [...element.matches(selector) ? [element] : [], ...element.shadowRoot ? find(element.shadowRoot) : []]);
    const contrasts = find(document).filter(element => element.textContent.trim()).map(element => {
        const background = behind(element);
        const [dark, light] = [over(channels(getComputedStyle(element).color), background), background].map(luminance)
            .sort((one, other) => one - other);
        return (light + .05) / (dark + .05);
    });
    return contrasts.length ? Math.min(...contrasts) : null;
}, selector);

/** How far the cells of the list start from the headers of their columns, in pixels: the largest distance. */
export const misalignment = page => page.locator('qwc-token-storage-list').evaluate(list => {
    const left = cell => {
        const range = document.createRange();
        range.selectNodeContents(cell.assignedNodes()[0]);
        return range.getBoundingClientRect().left;
    };
    const rows = part => [...list.shadowRoot.querySelector('vaadin-grid').shadowRoot.querySelectorAll(`#${part} tr:not([hidden])`)]
        .filter(row => row.getBoundingClientRect().height > 0);
    const starts = row => [...row.querySelectorAll('[part~="cell"]:not([part~="details-cell"]) slot')].slice(0, -1)
        .map(slot => slot.assignedNodes()[0]?.textContent.trim() ? left(slot) : null);
    const headers = starts(rows('header').pop());
    return Math.max(...rows('items').map(starts).flatMap(row => row.map((start, column) =>
        start === null ? 0 : Math.abs(start - headers[column]))));
});

/** Texts of the pages that are cut at the edge of the window or of what they are in, without a sign. */
export const cut = page => page.evaluate(() => {
    const texts = [];
    const look = root => root.querySelectorAll('*').forEach(element => {
        if (element.shadowRoot && element.localName.startsWith('qwc-token-storage')) {
            look(element.shadowRoot);
        }
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const box = element.getBoundingClientRect();
        if (own && box.width > 0 && getComputedStyle(element).textOverflow !== 'ellipsis'
                && (box.right > innerWidth + 1 || getComputedStyle(element).overflowX !== 'visible'
                    && element.scrollWidth > element.clientWidth + 1)) {
            texts.push(element.textContent.trim().replace(/\s+/g, ' '));
        }
    });
    document.querySelectorAll('qwc-token-storage-tokens, qwc-token-storage-doctor').forEach(element => look(element.shadowRoot));
    return texts;
});

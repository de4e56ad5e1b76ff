/*
 * Opens the pages of the Dev UI in a real browser and does what a person does there. Run by DevUiIT:
 *
 *   node dev-ui.mjs '{"chromium", "service", "other", "tokens", "pictures"}'
 *
 * service: the application in development mode; other: another process on the same tokens; tokens: their directory;
 * pictures: where those of the documentation go, or null.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { contrast, cut, misalignment } from './appearance.mjs';

const given = JSON.parse(process.argv[2]);
const TOKENS = given.service + '/q/dev-ui/quarkus-token-storage/tokens';
const DOCTOR = given.service + '/q/dev-ui/quarkus-token-storage/doctor';
const SIGNATURE = Buffer.from('planted signature that no key has made').toString('base64url');

/** A data key for an identity that nobody has any more. */
const LOST = `-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA0dGVRRjcyOWMvTlNta1d4
a21uZ2plazRCK3liUEdtNTlUL2dzT0pxZVJnCmcyYjRQSXdBbXA0ZndMcW9mR21I
ajdhR1R1VnZMaXl5Q1FpWGxBcHdJOG8KLS0tIEFlQkYrRGhzYnNrQXh1NS9RVWJi
YUxRdmV0OTU5azBkVHFFak1NYWxKancK43lXNDz2S7Tpxt/zRyI464yUngFE4rvr
JSazHrfmfE8YBTVUpGahHG3Hgm68GJ+VJLHkIA7zGE1GX4cZjbuF/g==
-----END AGE ENCRYPTED FILE-----
`;

const started = Date.now();
const say = text => console.log(`${((Date.now() - started) / 1000).toFixed(1)} s  ${text}`);
const now = () => Math.floor(Date.now() / 1000);
const encoded = object => Buffer.from(JSON.stringify(object)).toString('base64url');
const jwt = claims => [encoded({alg: 'RS256', typ: 'at+jwt', kid: 'main-2026'}), encoded(claims), SIGNATURE].join('.');
const claims = more => ({iss: 'https://login.corp.example/realms/main', sub: 'b7e1f0a2-5c1d-4f3e-9a60-2d9c4b8e7f11', ...more,
    iat: now() - 1260, exp: now() + 2340, jti: '1f6c2b9e'});
const accessToken = jwt(claims({aud: 'billing-api', azp: 'token-service', scope: 'openid profile invoices:read'}));
const idToken = jwt(claims({aud: 'token-service', name: 'Ada Lovelace', email: 'ada@corp.example', auth_time: now() - 1262}));

async function save(process, provider, response) {
    const answer = await fetch(process + '/tokens/' + provider,
        {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(response)});
    assert.equal(answer.status, 200, await answer.text());
}

const browser = await chromium.launch({executablePath: given.chromium, args: ['--no-sandbox']});
const context = await browser.newContext({viewport: {width: 1280, height: 720}, colorScheme: 'light', locale: 'en-GB',
    timezoneId: 'UTC', permissions: ['clipboard-read', 'clipboard-write']});
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const troubles = [];
page.on('pageerror', error => troubles.push(String(error)));
const frames = [];
page.on('websocket', socket => socket.on('framereceived', frame => frames.push(String(frame.payload))));

const row = provider => page.getByLabel('Details of ' + provider, {exact: true});
const details = page.locator('qwc-token-storage-details');
const text = () => page.evaluate(() => {
    const of = node => [...node.childNodes].map(child => child.nodeType === 3 ? child.data
        : child.nodeName === 'STYLE' ? '' : of(child.shadowRoot ?? child) + (child.shadowRoot ? of(child) : '')).join(' ');
    return of(document.body);
});
const shows = async expected => {
    const end = Date.now() + 20_000;
    for (let shown = ''; !(shown = await text()).replace(/\s+/g, ' ').includes(expected); await page.waitForTimeout(100)) {
        assert.ok(Date.now() < end, `The page does not show '${expected}' but: ${shown.replace(/\s+/g, ' ').slice(0, 4000)}`);
    }
};
/** Warnings of Quarkus about a registry that cannot be reached belong in no picture, nor the button that its narrow menu loses. */
async function picture(name, height = 720) {
    if (given.pictures) {
        await page.evaluate(() => {
            document.querySelectorAll('vaadin-notification-card').forEach(card => card.remove());
            const hide = root => root.querySelectorAll('*').forEach(element => {
                if (element.localName === 'qwc-extensions-menu-action') {
                    element.style.display = 'none';
                }
                if (element.shadowRoot) {
                    hide(element.shadowRoot);
                }
            });
            hide(document);
        });
        await page.setViewportSize({width: 1400, height});
        // Where somebody works who has chosen the places
        await page.evaluate(([home, neutral]) => {
            const rename = root => {
                for (const node of root.childNodes) {
                    if (node.nodeType === Node.TEXT_NODE && node.data.includes(home)) {
                        node.data = node.data.replaceAll(home, neutral);
                    }
                    rename(node);
                }
                if (root.shadowRoot) {
                    rename(root.shadowRoot);
                }
            };
            rename(document.body);
        }, [path.dirname(given.tokens), '/home/ada']);
        await page.mouse.move(640, height - 5);
        await page.waitForTimeout(400);
        await page.screenshot({path: path.join(given.pictures, name + '.png'), type: 'png'});
        await page.setViewportSize({width: 1280, height: 720});
    }
}
/** The number beside the way to the page. */
const badge = async () => (await page.locator('qwc-header qwc-extension-link').first().locator('qui-badge').innerText()).trim();
const showsBadge = async expected => {
    for (const end = Date.now() + 20_000; await badge() !== String(expected); await page.waitForTimeout(100)) {
        assert.ok(Date.now() < end, `The badge shows ${await badge()}, not ${expected}`);
    }
};
const openDetails = async provider => {
    await row(provider).click();
    await details.waitFor();
};

try {
    await save(given.service, 'corp.example', {access_token: accessToken, token_type: 'Bearer', expires_in: 2340,
        refresh_token: 'planted-refresh', id_token: idToken, scope: 'openid profile invoices:read'});
    await save(given.service, 'github', {access_token: 'planted-github', token_type: 'bearer', scope: 'repo read:user', expires_in: 28800});
    await save(given.service, 'partner', {access_token: 'planted-partner', expires_at: now() - 7300, refresh_token: 'planted', scope: 'orders:write'});
    await save(given.service, 'scratch', {access_token: 'planted-scratch', expires_in: 290});
    await save(given.service, 'staging', {access_token: 'planted-staging', scope: 'deploy'});
    const damaged = path.join(given.tokens, 'staging.token.sops.json');
    const content = fs.readFileSync(damaged, 'utf8');
    fs.chmodSync(damaged, 0o600);
    fs.writeFileSync(damaged, content.slice(0, content.length - 40));
    fs.chmodSync(damaged, 0o400);

    say('the list');
    await page.goto(TOKENS);
    for (const provider of ['corp.example', 'github', 'partner', 'scratch', 'staging']) {
        await row(provider).waitFor();
    }
    await shows('expired 2 h ago');
    await shows('in memory only');
    await shows('staging.token.sops.json');
    await shows('Fix: restore the file from a copy');
    const countdown = async () => (await text()).match(/\b\d\d:\d\d\b/)?.[0];
    const before = await countdown();
    assert.ok(before, 'There is no countdown');
    while (await countdown() === before) {
        assert.ok(Date.now() - started < 120_000, 'The countdown stands still at ' + before);
        await page.waitForTimeout(100);
    }
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await picture('dev-ui-tokens', 560);

    say('a token that no key opens');
    const lost = JSON.parse(fs.readFileSync(path.join(given.tokens, 'corp.example.token.sops.json'), 'utf8'));
    lost.sops.age[0] = {recipient: 'age124c0s6ay88xadgu7a8e6wuecwz36jpsuak4k2qntdyuxq97xkpwqj2hnld', enc: LOST};
    delete lost.expires_at;
    fs.writeFileSync(path.join(given.tokens, 'lost.token.sops.json'), JSON.stringify(lost), {mode: 0o600});
    await row('lost').waitFor();
    const validity = provider => page.evaluate(provider => {
        const list = document.querySelector('qwc-token-storage-tokens').shadowRoot.querySelector('qwc-token-storage-list');
        const index = list.entries.findIndex(entry => entry.provider === provider);
        const cells = [...list.shadowRoot.querySelector('vaadin-grid').shadowRoot.querySelectorAll('#items tr')]
            .find(found => found.index === index).querySelectorAll('[part~="cell"] slot');
        const first = cells[1].assignedNodes()[0].querySelector('span');
        return {text: first.textContent, level: first.classList.contains('error')};
    }, provider);
    assert.deepEqual(await validity('lost'), {text: 'no key', level: true});
    await shows('Fix: provide the identity');
    assert.ok(!(await text()).includes('add the identity'), 'There are two fixes in one row');

    say('the list can be read, stands in line, and fits');
    await save(given.service, 'a-provider-with-a-name-of-forty-letters', {access_token: 'planted', scope:
        'urn:example:a:scope:as:long:as:no:column:of:this:list:is:in:any:window:at:all'});
    await row('a-provider-with-a-name-of-forty-letters').waitFor();
    for (const width of [1400, 800, 480]) {
        for (const colorScheme of ['dark', 'light']) {
            await page.setViewportSize({width, height: 900});
            await page.emulateMedia({colorScheme});
            await page.waitForTimeout(600);
            for (const selector of ['.second', '.chip', '.warning', '.error', '.success', '.trouble p', '.where']) {
                const least = await contrast(page, selector);
                assert.ok(least >= 4.5, `${selector} has the contrast ${least} (${colorScheme})`);
            }
        }
        assert.ok(await misalignment(page) < 2, 'Headers and cells are not in line');
        assert.deepEqual(await cut(page), [], `Cut in a window of ${width} pixels`);
    }
    await page.setViewportSize({width: 1280, height: 720});
    for (const provider of ['lost', 'a-provider-with-a-name-of-forty-letters']) {
        await fetch(given.service + '/tokens/' + provider, {method: 'DELETE'});
        await row(provider).waitFor({state: 'detached'});
    }

    say('details');
    await openDetails('corp.example');
    await shows('https://login.corp.example/realms/main');
    await shows('ada@corp.example');
    await shows('was not verified');
    assert.ok(!(await text()).includes(SIGNATURE) && !frames.some(frame => frame.includes(SIGNATURE)
        || frame.includes('planted')), 'A token was sent that nobody asked for');
    await picture('dev-ui-token-details', 900);

    say('back, by the means of the browser');
    await page.goBack();
    await row('corp.example').waitFor();
    await page.goForward();
    await details.waitFor();
    await shows('ada@corp.example');

    say('reveal, hide, copy');
    const access = details.locator('#access_token');
    await access.getByText('Reveal').click();
    await shows(accessToken);
    await access.getByText(/Hide \((2\d|30) s\)/).waitFor();
    await access.getByText(/Hide \(2[0-7] s\)/).waitFor();
    assert.equal(frames.filter(frame => frame.includes(SIGNATURE)).length, 1);
    assert.ok(!frames.some(frame => frame.includes('planted-refresh')));
    await access.getByText('Hide').click();
    await details.locator('#access_token').getByText('Reveal').waitFor();
    assert.ok(!(await text()).includes(SIGNATURE));
    await details.locator('#refresh_token').getByText('Copy').click();
    await page.waitForFunction(() => navigator.clipboard.readText().then(copied => copied === 'planted-refresh'));
    assert.ok(!(await text()).includes('planted-refresh'));

    say('a revealed token stays while another one changes');
    await access.getByText('Reveal').click();
    await shows(accessToken);
    await save(given.service, 'scratch', {access_token: 'planted-scratch', expires_in: 290, scope: 'meanwhile'});
    const lists = () => frames.slice(frames.findIndex(frame => frame.includes('meanwhile'))).filter(frame => frame.includes('revision'));
    // The one with the change, and another, by which time the page has made of it whatever it does
    while (!frames.some(frame => frame.includes('meanwhile')) || lists().length < 2) {
        assert.ok(Date.now() - started < 120_000, 'The change was not told');
        await page.waitForTimeout(100);
    }
    assert.ok((await text()).includes(accessToken), 'The change of another token masked this one');

    say('no clipboard, as in a page over http from another machine');
    const told = frames.filter(frame => frame.includes('planted-refresh')).length;
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true}));
    await details.locator('#refresh_token').getByText('Copy').click();
    await shows('The browser did not allow to copy');
    assert.equal(frames.filter(frame => frame.includes('planted-refresh')).length, told);
    await page.evaluate(() => delete navigator.clipboard);
    await page.getByLabel('Back to the list').click();

    say('import');
    const stored = Number(await badge());
    await page.getByText('Import token').click();
    await page.waitForFunction(() => document.activeElement?.closest('vaadin-text-field')?.label === 'Provider');
    await page.keyboard.type('new.example ');
    const fonts = await page.getByLabel('Token response').evaluate(area => [area, ...area.parentElement.querySelectorAll('label')]
        .map(element => getComputedStyle(element).fontFamily.includes('mono')));
    assert.deepEqual(fonts, [true, false]);
    assert.deepEqual(await page.getByLabel('Token response').evaluate(area => [area.localName, area.spellcheck, area.autocomplete]),
        ['textarea', false, 'off'], 'Help with writing may send the token away');
    await page.getByLabel('Token response').fill('"' + 'é'.repeat(25 * 1024));
    await page.getByRole('button', {name: 'Import', exact: true}).click();
    await shows('takes no more than 48 KiB');
    await page.getByLabel('Token response').fill('{"access_token": "planted-broken');
    await page.getByRole('button', {name: 'Import', exact: true}).click();
    await shows('The pasted text');
    await page.getByLabel('Token response').fill('{');
    await page.locator('vaadin-dialog-overlay [role=alert]').waitFor({state: 'detached'});
    await page.getByLabel('Token response').fill('{"access_token": "planted-new", "expires_in": 60, "scope": "imported"}');
    await page.getByRole('button', {name: 'Import', exact: true}).click();
    await row('new.example').waitFor();
    await shows('imported');
    await showsBadge(stored + 1);
    assert.ok(fs.existsSync(path.join(given.tokens, 'new.example.token.sops.json')));

    say('a change by another process');
    await save(given.other, 'github', {access_token: 'planted-other', scope: 'changed-elsewhere', expires_in: 900});
    await shows('changed-elsewhere');
    await save(given.other, 'elsewhere', {access_token: 'planted-elsewhere'});
    await row('elsewhere').waitFor();
    await showsBadge(stored + 2);

    say('delete');
    await page.getByLabel('Delete new.example').click();
    await page.getByRole('button', {name: 'Cancel'}).click();
    await row('new.example').waitFor();
    await page.getByLabel('Delete new.example').click();
    await page.getByRole('button', {name: 'Delete', exact: true}).click();
    await row('new.example').waitFor({state: 'detached'});
    await showsBadge(stored + 1);
    assert.ok(!fs.existsSync(path.join(given.tokens, 'new.example.token.sops.json')));

    say('a token that changes while somebody decides about it');
    await save(given.service, 'race', {access_token: 'planted-old', expires_in: 60});
    await page.getByLabel('Delete race').click();
    const confirmation = page.getByRole('button', {name: 'Delete', exact: true});
    await confirmation.waitFor();
    await save(given.other, 'race', {access_token: 'planted-fresh', scope: 'fresh', expires_in: 3600});
    await shows('fresh');
    await confirmation.click();
    await shows('has changed meanwhile');
    await row('race').click();
    await details.getByText('Replace').click();
    await page.getByLabel('Token response').fill('{"access_token": "planted-replacement", "scope": "replaced"}');
    await save(given.other, 'race', {access_token: 'planted-fresher', scope: 'fresher', expires_in: 3600});
    await shows('fresher');
    const replace = page.locator('vaadin-dialog-overlay').getByRole('button', {name: 'Replace', exact: true});
    await replace.click();
    await shows('has changed while this dialog was open');
    assert.ok((await text()).includes('fresher'));
    await replace.click();
    await details.getByText('replaced', {exact: true}).waitFor();

    say('a token that goes and comes');
    await fetch(given.other + '/tokens/race', {method: 'DELETE'});
    await page.getByText('Import token').waitFor();
    await save(given.other, 'race', {access_token: 'planted-again'});
    await row('race').waitFor();

    say('markup in what others wrote');
    const markup = name => `<img src=x onerror="window.ran='${name}'">`;
    const written = path.join(given.tokens, 'markup.token.sops.json');
    fs.writeFileSync(written, JSON.stringify({access_token: 'ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]',
        scope_unencrypted: markup('scope'), token_type: markup('type'), sops: {age: [{recipient: markup('recipient'), enc: 'x'}],
            lastmodified: '2026-01-03T14:00:00Z', mac: 'ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]',
            unencrypted_suffix: '_unencrypted', version: '3.8.1'}}), {mode: 0o400});
    await save(given.service, 'clear', {access_token: 'planted-clear', [markup('member') + '_unencrypted']: 1});
    await row('markup').waitFor();
    await page.evaluate(() => {
        const find = root => [...root.querySelectorAll('*')].map(element => element.localName === 'qwc-footer' ? element
            : element.shadowRoot && find(element.shadowRoot)).find(Boolean);
        find(document)._open();
    });
    await shows('of tokens in clear');
    await openDetails('markup');
    await shows("window.ran='recipient'");
    // Its recipients are in a warning, too
    await save(given.service, 'markup', {access_token: 'planted-markup'});
    await shows('with other recipients than before');
    await page.getByLabel('Back to the list').click();
    await page.goto(DOCTOR);
    await shows('Stored tokens readable');
    await page.goto(TOKENS);
    await row('markup').waitFor();
    assert.equal(await page.evaluate(() => window.ran), undefined, 'Markup of others ran');
    assert.equal(await page.locator('img[src="x"]').count(), 0);
    for (const provider of ['markup', 'clear', 'race']) {
        await fetch(given.service + '/tokens/' + provider, {method: 'DELETE'});
    }

    say('the doctor');
    await page.goto(DOCTOR);
    await shows('Stored tokens readable');
    await shows('staging: damaged');
    const checks = page.locator('qwc-token-storage-doctor .finding');
    const first = checks.first();
    assert.equal(await first.getAttribute('class'), 'finding problem', 'What is in order comes first');
    await page.locator('qwc-token-storage-doctor .counts').getByText(/\d failed · \d+ warnings? · \d+ fine/).waitFor();
    const fine = checks.filter({hasText: 'Settings understood'});
    assert.ok(!await fine.isVisible(), 'What is in order is not folded');
    const fix = checks.filter({hasText: 'staging: damaged'}).locator('.fix');
    await fix.getByText('restore the file from a copy, or log in again:').waitFor();
    assert.equal(await fix.locator('code').count(), 0, 'Words stand where commands do');
    assert.equal(await fix.getByRole('link', {name: 'delete or replace it in Tokens'}).getAttribute('href'), 'tokens#staging');
    for (const width of [1400, 800, 480]) {
        for (const colorScheme of ['dark', 'light']) {
            await page.setViewportSize({width, height: 900});
            await page.emulateMedia({colorScheme});
            await page.waitForTimeout(400);
            for (const selector of ['.verdict', '.counts', '.check', '.problem .detail', '.fix', 'summary']) {
                const least = await contrast(page, selector);
                assert.ok(least >= 4.5, `${selector} has the contrast ${least} (${colorScheme})`);
            }
        }
        assert.deepEqual(await cut(page), [], `Cut in a window of ${width} pixels`);
        assert.ok((await first.locator('.detail').boundingBox()).width > 280, 'Findings have no room');
    }
    await page.setViewportSize({width: 1280, height: 720});
    await picture('dev-ui-doctor', 560);

    await page.getByText(/^\d+ fine/).focus();
    await page.keyboard.press('Enter');
    await fine.waitFor();

    say('from the doctor to a token that has to be replaced');
    await fix.getByRole('link').click();
    await details.waitFor();
    await page.getByText('Replace').first().waitFor();
    await page.goBack();
    await shows('Stored tokens readable');

    say('dark');
    await page.emulateMedia({colorScheme: 'dark'});
    await page.evaluate(() => localStorage.clear());
    await page.goto(TOKENS);
    await row('corp.example').waitFor();
    assert.notEqual(await background(), light, 'The dark theme looks like the light one');
    await picture('dev-ui-tokens-dark', 560);
    await openDetails('corp.example');
    await shows('ada@corp.example');
    await picture('dev-ui-token-details-dark', 900);
    await page.goto(DOCTOR);
    await shows('Stored tokens readable');
    await picture('dev-ui-doctor-dark', 560);

    say('calls that fail');
    await page.routeWebSocket(/json-rpc-ws/, socket => {
        const application = socket.connectToServer();
        socket.onMessage(message => {
            const {id, method} = JSON.parse(message);
            if (/_(details|delete)$/.test(method)) {
                const answer = JSON.stringify({jsonrpc: '2.0', id, error: {code: -32603, message: 'failed'}});
                setTimeout(() => socket.send(answer), method.endsWith('delete') ? 2000 : 0);
            } else {
                application.send(message);
            }
        });
    });
    await page.goto(TOKENS);
    await openDetails('partner');
    await shows('The application did not answer');
    await page.getByLabel('Back to the list').click();
    await row('partner').waitFor();
    assert.ok(!(await text()).includes('The application did not answer'));
    await page.getByLabel('Delete partner').click();
    await page.getByRole('button', {name: 'Delete', exact: true}).click();
    await shows('deleting …');
    assert.ok(await page.getByLabel('Delete partner').isDisabled());
    await shows('The application did not answer');
    await row('partner').waitFor();
    assert.ok(!(await text()).includes('deleting …') && await page.getByLabel('Delete partner').isEnabled());

    say('calls that nobody answers');
    await page.clock.install();
    await page.routeWebSocket(/json-rpc-ws/, socket => {
        const application = socket.connectToServer();
        socket.onMessage(message => /_importToken$/.test(JSON.parse(message).method) || application.send(message));
    });
    await page.goto(TOKENS);
    await page.clock.runFor(3000);
    await page.getByText('Import token').click();
    await page.getByLabel('Provider', {exact: true}).fill('unanswered');
    await page.getByLabel('Token response').fill('{"access_token": "planted-unanswered"}');
    const button = page.getByRole('button', {name: 'Import', exact: true});
    await button.click();
    await page.locator('vaadin-dialog-overlay vaadin-button[disabled]').waitFor();
    await page.clock.runFor(61_000);
    await shows('The application did not answer');
    await page.locator('vaadin-dialog-overlay vaadin-button[disabled]').waitFor({state: 'detached'});

    assert.deepEqual(troubles, [], 'Errors in the page');
    say('done');
} finally {
    await browser.close();
}

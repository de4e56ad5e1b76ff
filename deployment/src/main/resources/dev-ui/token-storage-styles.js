import { css } from 'lit';

/** A page as high as its window, with a bar at the top. */
export const page = css`
    :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        overflow: hidden;
    }
    .bar {
        display: flex;
        align-items: center;
        gap: var(--lumo-space-s);
        padding: 0 var(--lumo-space-m) var(--lumo-space-s) var(--lumo-space-m);
    }
`;

/**
 * How good or bad something is. Text of the second rank, and that of warnings in the light theme, is stronger than in the rest
 * of the Dev UI, which does not reach the contrast of 4.5:1 that everybody can read (WCAG 2.1 section 1.4.3).
 */
export const levels = css`
    :host { --lumo-secondary-text-color: var(--lumo-contrast-70pct); }
    .success { color: var(--lumo-success-text-color); }
    .warning { color: color-mix(in srgb, var(--lumo-warning-text-color) 75%, var(--lumo-contrast)); }
    .error { color: var(--lumo-error-text-color); }
    .contrast { color: var(--lumo-secondary-text-color); }
`;

/** Icons in buttons, as high as the text beside them. */
export const icons = css`
    vaadin-button vaadin-icon {
        width: 1em;
        height: 1em;
    }
`;

/** Short words in a row, such as scopes: cut where the row ends. */
export const chips = css`
    .chips {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
    }
    .chip {
        max-width: 100%;
        box-sizing: border-box;
        padding: 0 6px;
        border-radius: var(--lumo-border-radius-s);
        background: var(--lumo-primary-color-10pct);
        font-size: var(--lumo-font-size-xs);
        line-height: 1.5;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
    }
`;

/** What a person may copy or compare: paths, keys, values. */
export const mono = css`
    .mono {
        font-family: var(--lumo-font-family-monospace, monospace);
        font-size: var(--lumo-font-size-s);
    }
`;

/**
 * In a narrow window Quarkus makes the menu smaller, but for the filter button of its first item, which then covers the
 * start of the page: room for it in the bar at the top.
 */
export const besideFilter = css`
    @media screen and (max-width: 1280px) {
        .top {
            padding-left: 42px;
        }
    }
`;

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

/** How good or bad something is. */
export const levels = css`
    .success { color: var(--lumo-success-text-color); }
    .warning { color: var(--lumo-warning-text-color); }
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

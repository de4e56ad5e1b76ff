import { css } from 'lit';

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

import { LitElement, html, css } from 'lit';
import { notifier } from 'notifier';
import '@vaadin/button';
import '@vaadin/icon';
import '@qomponent/qui-card';
import { distance, escaped, moment } from './token-storage-format.js';
import { clipboardAtHand, copy, unanswered } from './token-storage-notices.js';
import { icons, mono } from './token-storage-styles.js';

const NAMES = {access_token: 'Access token', refresh_token: 'Refresh token', id_token: 'ID token'};
const MASK = '•'.repeat(24);
/** A token that somebody has looked at is masked again after this time, in milliseconds. */
const REVEALED_FOR = 30000;

/** One token, such as the access token: masked until somebody clicks, and what it says about itself if it is a JWT. */
export class QwcTokenStoragePart extends LitElement {

    static styles = [icons, mono, css`
        .secondary, th {
            color: var(--lumo-secondary-text-color);
            font-size: var(--lumo-font-size-s);
        }
        th {
            font-weight: normal;
            text-align: left;
        }
        .secret {
            display: flex;
            align-items: center;
            gap: var(--lumo-space-s);
            padding: var(--lumo-space-s) var(--lumo-space-m);
            background: var(--lumo-contrast-5pct);
        }
        .secret .text {
            flex: 1;
            max-height: 9em;
            overflow: auto;
            overflow-wrap: anywhere;
        }
        .digits { font-variant-numeric: tabular-nums; }
        .decoded {
            display: grid;
            grid-template-columns: minmax(14em, 1fr) 2fr;
        }
        h4 {
            margin: var(--lumo-space-s) var(--lumo-space-m) 0 var(--lumo-space-m);
        }
        table {
            padding: var(--lumo-space-s) var(--lumo-space-m);
            border-spacing: 0;
            width: 100%;
            box-sizing: border-box;
        }
        th, td {
            padding: 2px var(--lumo-space-m) 2px 0;
            vertical-align: top;
        }
        td.value {
            overflow-wrap: anywhere;
            width: 100%;
        }
        .note {
            padding: 0 var(--lumo-space-m) var(--lumo-space-s) var(--lumo-space-m);
        }
        @media (max-width: 900px) {
            .decoded { grid-template-columns: 1fr; }
            .secret { flex-wrap: wrap; }
            .secret .text { flex-basis: 100%; }
        }
    `];

    static properties = {
        /** Calls a method of the application: its name, its parameters. */
        ask: {attribute: false},
        provider: {attribute: false},
        part: {attribute: false},
        /** The time of the application. */
        now: {attribute: false},
        _token: {state: true},
        /** When it is masked again, by the clock of the browser. */
        _maskedAt: {state: true}
    };

    constructor() {
        super();
        this._token = null;
    }

    disconnectedCallback() {
        this._mask();
        super.disconnectedCallback();
    }

    /** Another version of the token: what was revealed is the former one. */
    willUpdate(changed) {
        if (changed.has('part')) {
            this._mask();
        }
    }

    render() {
        const part = this.part;
        const token = this._token;
        return html`
            <qui-card header=${NAMES[part.member]}>
                <div slot="content">
                    <div class="secret">
                        <span class="text mono">${token ?? MASK}</span>
                        <span class="secondary">${part.length} characters</span>
                        <vaadin-button theme="small tertiary" @click=${() => token ? this._mask() : this._reveal()}>
                            <vaadin-icon slot="prefix" icon="font-awesome-solid:${token ? 'eye-slash' : 'eye'}"></vaadin-icon>
                            ${token ? html`<span class="digits">Hide (${this._secondsLeft()} s)</span>` : 'Reveal'}
                        </vaadin-button>
                        <vaadin-button theme="small tertiary" @click=${() => this._copy()}>
                            <vaadin-icon slot="prefix" icon="font-awesome-solid:copy"></vaadin-icon>Copy
                        </vaadin-button>
                    </div>
                    ${part.jwt ? this._renderJwt(part.jwt) : html`<div class="note secondary" style="padding-top:var(--lumo-space-s)">Opaque: only the provider knows what is in it</div>`}
                </div>
            </qui-card>`;
    }

    _renderJwt(jwt) {
        return html`
            <div class="decoded">
                <div><h4>Header</h4>${this._renderClaims(jwt.header)}</div>
                <div>${jwt.claims.length ? html`<h4>Claims</h4>${this._renderClaims(jwt.claims)}` : ''}</div>
            </div>
            <div class="note secondary">${jwt.note}</div>`;
    }

    _renderClaims(claims) {
        return html`<table>${claims.map(claim => html`
            <tr>
                <th title=${claim.meaning ?? ''}><span class="mono">${claim.name}</span></th>
                <td class="value mono">${claim.moment == null ? claim.value : html`${moment(claim.moment)}
                    <span class="secondary">${distance(claim.moment, this.now)} · ${claim.value}</span>`}</td>
            </tr>`)}</table>`;
    }

    _reveal() {
        const part = this.part;
        this._fetch().then(token => {
            if (!this.isConnected || part !== this.part) {
                return;
            }
            this._mask();
            this._token = token ?? null;
            this._maskedAt = Date.now() + REVEALED_FOR;
            this._masking = setTimeout(() => this._mask(), REVEALED_FOR);
        }, unanswered);
    }

    /** The page is rendered anew twice a second, for its countdowns. */
    _secondsLeft() {
        return Math.max(0, Math.ceil((this._maskedAt - Date.now()) / 1000));
    }

    _mask() {
        clearTimeout(this._masking);
        this._token = null;
    }

    _copy() {
        if (!clipboardAtHand()) {
            return;
        }
        const name = NAMES[this.part.member];
        this._fetch().then(token => {
            if (token) {
                copy(token, 'Copied the ' + name);
            }
        }, unanswered);
    }

    _fetch() {
        return this.ask('reveal', {provider: this.provider, member: this.part.member}).then(answer => {
            if (answer.result.problem) {
                notifier.showErrorMessage(escaped(answer.result.problem), 'bottom-start', 15);
            }
            return answer.result.token;
        });
    }
}

customElements.define('qwc-token-storage-part', QwcTokenStoragePart);

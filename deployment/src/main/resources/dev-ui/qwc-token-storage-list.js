import { LitElement, html, css, unsafeCSS } from 'lit';
import { columnBodyRenderer, gridRowDetailsRenderer } from '@vaadin/grid/lit.js';
import '@vaadin/grid';
import '@vaadin/grid/vaadin-grid-sort-column.js';
import '@vaadin/button';
import '@vaadin/icon';
import { amount, causeOnly, countdown, distance, moment, shortened, stateOf } from './token-storage-format.js';
import { chips, icons, levels, mono } from './token-storage-styles.js';

/** A window as narrow as this has no room for all columns. */
const NARROW = '(max-width: 900px)';

/** The list of tokens. What somebody wants to do with an entry is an event: open, import, delete. */
export class QwcTokenStorageList extends LitElement {

    static styles = [levels, icons, mono, chips, css`
        :host {
            display: block;
            overflow: hidden;
        }
        vaadin-grid {
            height: 100%;
        }
        .name {
            display: flex;
            align-items: center;
            gap: var(--lumo-space-s);
        }
        .name a {
            color: inherit;
            font-weight: 600;
            cursor: pointer;
            text-decoration: none;
            overflow-wrap: anywhere;
        }
        .name a:hover, .name a:focus-visible {
            text-decoration: underline;
        }
        .state {
            width: 1.15em;
            height: 1.15em;
            flex: none;
        }
        .two {
            display: flex;
            flex-direction: column;
            min-width: 0;
            line-height: 1.35;
        }
        .line {
            overflow: hidden;
            text-overflow: ellipsis;
            white-space: nowrap;
        }
        .stacked {
            display: flex;
            flex-direction: column;
            gap: 3px;
            padding: 3px 0;
        }
        .second {
            color: var(--lumo-secondary-text-color);
            font-size: var(--lumo-font-size-xs);
        }
        .digits {
            font-variant-numeric: tabular-nums;
        }
        .trouble {
            margin: 0 var(--lumo-space-m) var(--lumo-space-s) calc(1.15rem + var(--lumo-space-s));
            font-size: var(--lumo-font-size-s);
            white-space: normal;
            overflow-wrap: anywhere;
        }
        .trouble p {
            margin: 2px 0;
        }
        .actions {
            display: flex;
            justify-content: flex-end;
        }
        @media ${unsafeCSS(NARROW)} {
            .name { align-items: flex-start; }
        }
    `];

    static properties = {
        entries: {attribute: false},
        /** The time of the application. */
        now: {attribute: false},
        /** The ids of the entries that are being deleted. */
        removing: {attribute: false},
        _narrow: {state: true}
    };

    constructor() {
        super();
        this.removing = [];
        this._window = window.matchMedia(NARROW);
        this._narrow = this._window.matches;
        this._resized = () => this._narrow = this._window.matches;
    }

    connectedCallback() {
        super.connectedCallback();
        this._window.addEventListener('change', this._resized);
        this._resized();
    }

    disconnectedCallback() {
        this._window.removeEventListener('change', this._resized);
        super.disconnectedCallback();
    }

    render() {
        const troubled = this.entries.filter(entry => entry.cause);
        return html`
            <vaadin-grid .items=${this.entries} item-id-path="id" theme="no-border wrap-cell-content row-stripes"
                    .detailsOpenedItems=${troubled} ${gridRowDetailsRenderer(this._troubleRenderer, [])}>
                <vaadin-grid-sort-column path="provider" header="Provider" flex-grow="3" resizable
                        ${columnBodyRenderer(this._providerRenderer, [this.now, this._narrow])}></vaadin-grid-sort-column>
                <vaadin-grid-sort-column path="expiresAt" header="Validity" width="10.5rem" flex-grow="0" resizable
                        ${columnBodyRenderer(this._validityRenderer, [this.now, this.removing])}></vaadin-grid-sort-column>
                <vaadin-grid-column header="Scopes" flex-grow="3" resizable ?hidden=${this._narrow}
                        ${columnBodyRenderer(this._scopesRenderer, [])}></vaadin-grid-column>
                <vaadin-grid-column header="File" flex-grow="6" resizable ?hidden=${this._narrow}
                        ${columnBodyRenderer(this._fileRenderer, [this.now])}></vaadin-grid-column>
                <vaadin-grid-column header="Encrypted for" flex-grow="4" resizable ?hidden=${this._narrow}
                        ${columnBodyRenderer(this._encryptionRenderer, [])}></vaadin-grid-column>
                <vaadin-grid-column width="6.5rem" flex-grow="0"
                        ${columnBodyRenderer(this._actionsRenderer, [this.removing])}></vaadin-grid-column>
            </vaadin-grid>`;
    }

    _providerRenderer(entry) {
        const state = stateOf(entry, this.now);
        return html`
            <div class="name">
                <vaadin-icon class="state ${state.level}" icon="font-awesome-solid:${state.icon}" title=${state.label}></vaadin-icon>
                <div class="two">
                    <a role="button" tabindex="0" @click=${() => this._emit('open', entry)}
                            @keydown=${e => e.key === 'Enter' && this._emit('open', entry)}>${entry.provider}</a>
                    <span class="second">${entry.backend}${entry.lockedBy ? html`
                        · <vaadin-icon icon="font-awesome-solid:lock" style="height:.8em"></vaadin-icon>
                        <span class="warning" title=${entry.lockedBy}>locked</span>` : ''}</span>
                    ${this._narrow ? html`<div class="stacked">${this._scopesRenderer(entry)}${this._fileRenderer(entry)}
                        ${this._encryptionRenderer(entry)}</div>` : ''}
                </div>
            </div>`;
    }

    _validityRenderer(entry) {
        if (this.removing.includes(entry.id)) {
            return html`
                <div class="two contrast" role="status">
                    <span class="line">deleting …</span>
                    <span class="second">${entry.lockedBy ? 'waits for the lock' : ''}</span>
                </div>`;
        }
        const state = stateOf(entry, this.now);
        const end = this._end(entry);
        const refreshable = entry.refreshable ? 'refreshable' : 'not refreshable';
        const [first, second] = entry.state === 'READABLE' ? [end ?? 'no known expiry', refreshable]
            : [state.label, entry.unverified && end ? end + ', not verified' : ''];
        return html`
            <div class="two" title=${entry.expiresAt == null ? '' : moment(entry.expiresAt)}>
                <span class="line digits ${end || entry.state !== 'READABLE' ? state.level : ''}">${first}</span>
                <span class="second digits">${second}</span>
            </div>`;
    }

    /** Null if the end of the token is not known. */
    _end(entry) {
        return entry.expiresAt == null ? null : entry.expiresAt > this.now ? countdown(entry.expiresAt - this.now)
            : 'expired ' + distance(entry.expiresAt, this.now);
    }

    _scopesRenderer(entry) {
        return html`<div class="chips">${entry.scopes.map(scope => html`<span class="chip" title=${scope}>${scope}</span>`)}</div>`;
    }

    _fileRenderer(entry) {
        if (!entry.file) {
            return html`<span class="contrast">${entry.state === 'ABSENT' ? '' : entry.backend === 'memory' ? 'in memory only' : '–'}</span>`;
        }
        return html`
            <div class="two" title=${entry.file.path + '\n' + moment(entry.file.modified)}>
                <span class="mono line">${entry.file.name}</span>
                <span class="second line">${entry.file.mode ? entry.file.mode + ' · ' : ''}${entry.file.size} bytes
                    · ${amount(this.now - entry.file.modified)} old</span>
            </div>`;
    }

    _encryptionRenderer(entry) {
        if (!entry.encryption) {
            return entry.backend === 'file' && entry.file ? html`<span class="warning">not encrypted</span>` : '';
        }
        const {recipients, rule, ruleProblem, sameKeys} = entry.encryption;
        return html`
            <div class="two" title=${recipients.map(key => key.kind + ' ' + key.identity).join('\n') + '\n' + (rule ?? ruleProblem)}>
                <span class="line"><span class="mono">${shortened(recipients[0].identity)}</span>
                    ${recipients.length > 1 ? html`<span class="contrast">+ ${recipients.length - 1}</span>` : ''}</span>
                <span class="second line">${rule ? rule.replace(/^.*\//, '') : 'no rule'}
                    ${sameKeys === false ? html`<span class="warning">· names other keys now</span>` : ''}</span>
            </div>`;
    }

    _actionsRenderer(entry) {
        if (entry.state === 'UNUSED') {
            return '';
        }
        return html`
            <div class="actions">
                ${entry.state === 'ABSENT' ? html`
                    <vaadin-button theme="icon small tertiary" title="Import a token" aria-label="Import a token of ${entry.provider}"
                            @click=${() => this._emit('import', entry)}>
                        <vaadin-icon icon="font-awesome-solid:file-import"></vaadin-icon>
                    </vaadin-button>` : html`
                    <vaadin-button theme="icon small tertiary" title="Details" aria-label="Details of ${entry.provider}"
                            @click=${() => this._emit('open', entry)}>
                        <vaadin-icon icon="font-awesome-solid:magnifying-glass"></vaadin-icon>
                    </vaadin-button>
                    <vaadin-button theme="icon small tertiary error" title="Delete" aria-label="Delete ${entry.provider}"
                            ?disabled=${this.removing.includes(entry.id)}
                            @click=${() => this._emit('delete', entry)}>
                        <vaadin-icon icon="font-awesome-solid:trash-can"></vaadin-icon>
                    </vaadin-button>`}
            </div>`;
    }

    _troubleRenderer(entry) {
        return html`
            <div class="trouble">
                <p class=${stateOf(entry, this.now).level}>${entry.fix ? causeOnly(entry.cause) : entry.cause}</p>
                ${entry.fix ? html`<p><b>Fix:</b> ${entry.fix}</p>` : ''}
            </div>`;
    }

    _emit(name, entry) {
        this.dispatchEvent(new CustomEvent(name, {detail: entry}));
    }
}

customElements.define('qwc-token-storage-list', QwcTokenStorageList);

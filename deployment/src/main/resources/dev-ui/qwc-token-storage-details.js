import { LitElement, html, css } from 'lit';
import '@vaadin/button';
import '@vaadin/icon';
import '@qomponent/qui-card';
import './qwc-token-storage-part.js';
import { amount, causeOnly, countdown, distance, moment, stateOf } from './token-storage-format.js';
import { UNANSWERED } from './token-storage-notices.js';
import { besideFilter, chips, icons, levels, mono } from './token-storage-styles.js';

/** The states in which there is a token to look into. */
const LOADED = ['READABLE', 'NOT_TRIED'];

/** Whether only other facts have changed, such as who holds the lock, or that the token was opened by loading it. */
function sameToken(former, entry) {
    return former?.id === entry.id && former.version !== '' && former.version === entry.version
        && LOADED.includes(former.state) && LOADED.includes(entry.state);
}

/** One stored token: what is known of it, and the tokens that it consists of. */
export class QwcTokenStorageDetails extends LitElement {

    static styles = [levels, icons, mono, chips, css`
        :host {
            display: flex;
            flex-direction: column;
            overflow: hidden;
        }
        .bar {
            display: flex;
            align-items: center;
            gap: var(--lumo-space-s);
            padding: 0 var(--lumo-space-m) var(--lumo-space-s) var(--lumo-space-xs);
        }
        .bar h3 {
            margin: 0;
            flex: 1;
            min-width: 0;
            overflow-wrap: anywhere;
        }
        .content {
            overflow: auto;
            padding: 0 var(--lumo-space-m) var(--lumo-space-m) var(--lumo-space-m);
            display: flex;
            flex-direction: column;
            gap: var(--lumo-space-m);
        }
        .facts {
            padding: var(--lumo-space-s) var(--lumo-space-m);
            display: grid;
            grid-template-columns: max-content 1fr;
            gap: var(--lumo-space-xs) var(--lumo-space-l);
        }
        .facts > :nth-child(odd) {
            color: var(--lumo-secondary-text-color);
        }
        .facts > * {
            min-width: 0;
            overflow-wrap: anywhere;
        }
        .secondary {
            color: var(--lumo-secondary-text-color);
            font-size: var(--lumo-font-size-s);
        }
        .digits { font-variant-numeric: tabular-nums; }
    `, besideFilter];

    static properties = {
        /** Calls a method of the application: its name, its parameters. */
        ask: {attribute: false},
        entry: {attribute: false},
        now: {attribute: false},
        _details: {state: true}
    };

    constructor() {
        super();
        this._details = null;
    }

    willUpdate(changed) {
        if (changed.has('entry') && (this._details?.problem || !sameToken(changed.get('entry'), this.entry))) {
            this._load();
        }
    }

    _load() {
        const request = this._request = {};
        if (!LOADED.includes(this.entry.state)) {
            this._details = null;
            return;
        }
        const show = details => {
            if (this._request === request) {
                this._details = details;
            }
        };
        this.ask('details', {provider: this.entry.provider}).then(answer => show(answer.result),
            () => show({problem: UNANSWERED, parts: [], others: []}));
    }

    render() {
        const entry = this.entry;
        const state = stateOf(entry, this.now);
        return html`
            <div class="bar top">
                <vaadin-button theme="tertiary" @click=${() => this._emit('back')} aria-label="Back to the list">
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:arrow-left"></vaadin-icon>Tokens
                </vaadin-button>
                <h3>${entry.provider}</h3>
                <vaadin-button theme="small tertiary" @click=${() => this._emit('import')}>
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:file-import"></vaadin-icon>
                    ${entry.state === 'ABSENT' ? 'Import' : 'Replace'}
                </vaadin-button>
                ${entry.state === 'ABSENT' || entry.state === 'UNUSED' ? '' : html`
                    <vaadin-button theme="small tertiary error" @click=${() => this._emit('delete')}>
                        <vaadin-icon slot="prefix" icon="font-awesome-solid:trash-can"></vaadin-icon>Delete
                    </vaadin-button>`}
            </div>
            <div class="content">
                <qui-card header="Stored token"><div slot="content" class="facts">${this._renderFacts(entry, state)}</div></qui-card>
                ${entry.state === 'NOT_TRIED' && !this._details ? html`<div class="secondary">Reading …</div>` : ''}
                ${this._details?.problem ? html`<div class="error" role="alert">${this._details.problem}</div>` : ''}
                ${this._details?.parts.map(part => html`<qwc-token-storage-part id=${part.member} .ask=${this.ask}
                    .provider=${entry.provider} .part=${part} .now=${this.now}></qwc-token-storage-part>`) ?? ''}
            </div>`;
    }

    _renderFacts(entry, state) {
        return html`
            <span>State</span><span class=${state.level}>${state.label}${entry.unverified ? ', what follows is not verified' : ''}</span>
            ${entry.cause ? html`<span>Cause</span><span>${entry.fix ? causeOnly(entry.cause) : entry.cause}</span>` : ''}
            ${entry.fix && entry.state !== 'NOT_TRIED' ? html`<span>Fix</span><span>${entry.fix}</span>` : ''}
            ${entry.lockedBy ? html`<span>Locked by</span><span class="warning">${entry.lockedBy}</span>` : ''}
            ${entry.expiresAt == null ? '' : html`<span>Expires</span>
                <span>${moment(entry.expiresAt)} <span class="digits ${state.level}">(${entry.expiresAt > this.now
                    ? 'in ' + countdown(entry.expiresAt - this.now) : distance(entry.expiresAt, this.now)})</span></span>`}
            ${entry.issuedAt == null ? '' : html`<span>Issued</span><span>${moment(entry.issuedAt)}</span>`}
            ${entry.state === 'READABLE' || entry.unverified ? html`
                <span>Refreshable</span><span>${entry.refreshable ? 'yes' : 'no, there is no refresh token'}</span>
                <span>Type</span><span>${entry.tokenType ?? 'not known'}</span>
                <span>Scopes</span><span class="chips">${entry.scopes.length === 0 ? 'none'
                    : entry.scopes.map(scope => html`<span class="chip" title=${scope}>${scope}</span>`)}</span>` : ''}
            <span>Backend</span><span>${entry.backend}</span>
            ${entry.file ? html`<span>File</span><span><span class="mono">${entry.file.path}</span>
                <span class="secondary">${entry.file.mode} · ${entry.file.size} bytes · ${amount(this.now - entry.file.modified)} old</span></span>` : ''}
            ${entry.encryption ? this._renderEncryption(entry.encryption) : ''}
            ${this._details?.others.length ? html`<span>Other members</span>
                <span><span class="mono">${this._details.others.join(', ')}</span> <span class="secondary">values are not shown</span></span>` : ''}`;
    }

    _renderEncryption(encryption) {
        const grouped = encryption.groupsNeeded > 0;
        return html`
            <span>Encrypted for</span><span>${encryption.recipients.map(key => html`
                <div><span class="chip">${key.kind}</span> <span class="mono">${key.identity}</span>
                    ${grouped ? html`<span class="secondary">group ${key.group}</span>` : ''}</div>`)}
                ${grouped ? html`<div class="secondary">keys of ${encryption.groupsNeeded} groups are needed</div>` : ''}</span>
            <span>Rule</span><span>${encryption.rule ? html`<span class="mono">${encryption.rule}</span>
                ${encryption.sameKeys ? '' : html`<div class="warning">The rule names other keys now: the next save encrypts for those</div>`}`
                : html`<span class="warning">${encryption.ruleProblem}</span>`}</span>`;
    }

    _emit(name) {
        this.dispatchEvent(new CustomEvent(name));
    }
}

customElements.define('qwc-token-storage-details', QwcTokenStorageDetails);

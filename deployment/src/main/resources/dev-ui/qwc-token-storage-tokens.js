import { QwcHotReloadElement, html, css } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { notifier } from 'notifier';
import '@vaadin/button';
import '@vaadin/icon';
import '@vaadin/confirm-dialog';
import 'qwc-no-data';
import './qwc-token-storage-details.js';
import './qwc-token-storage-import.js';
import './qwc-token-storage-list.js';
import { answered, caller } from './token-storage-calls.js';
import { escaped } from './token-storage-format.js';
import { UNANSWERED, unanswered } from './token-storage-notices.js';
import { besideFilter, icons, levels, page } from './token-storage-styles.js';

const POLL_EVERY = 1500;
const ANSWER_WITHIN = 20000;

/** Quarkus asks for the number beside the way to this page when a page opens, and not again. */
function countAgain() {
    document.querySelector('qwc-header')?.shadowRoot
        ?.querySelectorAll('qwc-extension-link[webcomponenttagname="qwc-token-storage-tokens"]')
        .forEach(link => link.hotReload?.());
}

/** The token that the address of the page names; null if it names none. */
function addressed() {
    return decodeURIComponent(window.location.hash.slice(1)) || null;
}

/** The page Tokens: the list, and one token if it was chosen. */
export class QwcTokenStorageTokens extends QwcHotReloadElement {

    // No traffic in the message log of the Dev UI: imported and revealed tokens would stay there
    jsonRpc = new JsonRpc(this, false);

    static styles = [page, levels, icons, css`
        .where {
            flex: 1;
            color: var(--lumo-secondary-text-color);
            font-size: var(--lumo-font-size-s);
            overflow: hidden;
            text-overflow: ellipsis;
            white-space: nowrap;
        }
        .problem {
            margin: 0 var(--lumo-space-m) var(--lumo-space-s) var(--lumo-space-m);
            padding: var(--lumo-space-s) var(--lumo-space-m);
            border-radius: var(--lumo-border-radius-m);
            background: var(--lumo-error-color-10pct);
            color: var(--lumo-error-text-color);
        }
        qwc-token-storage-list, qwc-token-storage-details {
            height: 100%;
        }
    `, besideFilter];

    static properties = {
        _entries: {state: true},
        _problem: {state: true},
        _directories: {state: true},
        /** The address of the token that is looked into; null for the list. */
        _selected: {state: true},
        /** The entry whose deletion is to be confirmed. */
        _deleting: {state: true},
        /** The ids of those that are being deleted, which may take as long as others hold their locks. */
        _removing: {state: true},
        _importing: {state: true},
        _now: {state: true}
    };

    constructor() {
        super();
        this._entries = null;
        this._problem = null;
        this._directories = [];
        this._selected = null;
        this._deleting = null;
        this._removing = [];
        this._importing = null;
        this._revision = -1;
        this._clockSkew = 0;
        this._now = Date.now();
        this._asked = 0;
        // The proxy itself cannot be a property: it takes whatever lit asks of a value for a call
        this._call = caller(this.jsonRpc);
    }

    connectedCallback() {
        super.connectedCallback();
        this._selected = addressed();
        this._moved = () => this._selected = addressed();
        window.addEventListener('popstate', this._moved);
        this._ticking = setInterval(() => this._tick(), 500);
        this._poll();
    }

    disconnectedCallback() {
        clearInterval(this._ticking);
        window.removeEventListener('popstate', this._moved);
        super.disconnectedCallback();
    }

    /** Another run of the application: an answer that was waited for will not come. */
    hotReload() {
        this._asked = 0;
        this._poll();
    }

    _tick() {
        this._now = Date.now() + this._clockSkew;
        if (!document.hidden && Date.now() - (this._answered ?? 0) >= POLL_EVERY) {
            this._poll();
        }
    }

    _poll() {
        if (this._asked && Date.now() - this._asked < ANSWER_WITHIN) {
            return;
        }
        this._ask(this.jsonRpc.list({known: this._revision}));
    }

    _refresh() {
        this._ask(this.jsonRpc.refresh());
    }

    _ask(question) {
        this._asked = Date.now();
        const asked = this._asked;
        return answered(question, ANSWER_WITHIN).then(answer => this._show(answer.result), () => {
            this._problem = UNANSWERED;
        }).finally(() => {
            if (this._asked === asked) {
                this._asked = 0;
            }
            this._answered = Date.now();
        });
    }

    _show(list) {
        this._clockSkew = list.now - Date.now();
        this._now = list.now;
        this._revision = list.revision;
        this._problem = list.problem ?? null;
        this._directories = list.directories;
        if (list.entries) {
            const before = this._entries && this._stored().size;
            this._entries = list.entries.map(entry => this._known(entry));
            if (before !== null && before !== this._stored().size) {
                countAgain();
            }
            if (this._selected !== null && !this._entries.some(entry => entry.address === this._selected)) {
                notifier.showWarningMessage(escaped('There is no token of ' + this._selected + ' any more'), 'bottom-start', 15);
                // Or the page would jump back there once it is stored again
                this._leave();
            }
        }
    }

    _open(entry) {
        window.history.pushState(null, '', '#' + encodeURIComponent(entry.address));
        this._selected = entry.address;
    }

    _leave() {
        window.history.replaceState(null, '', window.location.pathname + window.location.search);
        this._selected = null;
    }

    /** The object that stands for it already, unless something has changed: others are loaded again, and masked. */
    _known(found) {
        const file = found.file?.name ?? '';
        const entry = {...found, id: found.provider + ' ' + file,
            address: found.state === 'UNUSED' ? found.provider + '/' + file : found.provider};
        const former = this._entries?.find(other => other.id === entry.id);
        return former && JSON.stringify(former) === JSON.stringify(entry) ? former : entry;
    }

    render() {
        const selected = this._selected && this._entries?.find(entry => entry.address === this._selected);
        return html`
            ${selected ? this._renderDetails(selected) : this._renderList()}
            ${this._renderDeletion()}
            <qwc-token-storage-import .ask=${this._call} .provider=${this._importing}
                    .known=${this._stored()} @imported=${this._imported} @closed=${() => this._importing = null}>
            </qwc-token-storage-import>`;
    }

    /** Provider to the version of its token. */
    _stored() {
        return new Map((this._entries ?? []).filter(entry => entry.state !== 'ABSENT' && entry.state !== 'UNUSED')
                .map(entry => [entry.provider, entry.version]));
    }

    _renderList() {
        return html`
            <div class="bar top">
                <span class="where" title=${this._directories.join('\n')}>${this._directories.join(', ')}</span>
                <vaadin-button theme="small tertiary" @click=${this._refresh}
                        title="Read all again: keys and rules may have changed">
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:rotate"></vaadin-icon>Refresh
                </vaadin-button>
                <vaadin-button theme="small primary" @click=${() => this._importing = ''}>
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:file-import"></vaadin-icon>Import token
                </vaadin-button>
            </div>
            ${this._problem ? html`<div class="problem" role="alert">${this._problem}</div>` : ''}
            ${this._entries?.length ? html`<qwc-token-storage-list .entries=${this._entries} .now=${this._now}
                    .removing=${this._removing}
                    @open=${e => this._open(e.detail)}
                    @delete=${e => this._deleting = e.detail}
                    @import=${e => this._importing = e.detail.provider}></qwc-token-storage-list>`
                : this._problem ? ''
                : this._entries ? html`<qwc-no-data message="No token is stored yet. Import a token response, or let the application save one."></qwc-no-data>`
                : html`<div class="bar contrast">Reading tokens …</div>`}`;
    }

    _renderDetails(entry) {
        return html`
            <qwc-token-storage-details .ask=${this._call} .entry=${entry} .now=${this._now}
                    @back=${this._leave}
                    @delete=${() => this._deleting = entry}
                    @import=${() => this._importing = entry.provider}>
            </qwc-token-storage-details>`;
    }

    _renderDeletion() {
        return html`
            <vaadin-confirm-dialog header="Delete the token of ${this._deleting?.provider}?" cancel-button-visible
                    confirm-text="Delete" confirm-theme="error primary" .opened=${this._deleting !== null}
                    @confirm=${this._delete} @cancel=${() => this._deleting = null}
                    @opened-changed=${e => { if (!e.detail.value) { this._deleting = null; } }}>
                It is removed from this machine and cannot be brought back. The provider is not told: the token stays valid
                there until it expires.
            </vaadin-confirm-dialog>`;
    }

    _delete() {
        const {id, provider, version} = this._deleting;
        this._deleting = null;
        this._leave();
        this._removing = [...this._removing, id];
        this._report(this._call('delete', {provider, seen: version}).finally(() =>
            this._removing = this._removing.filter(other => other !== id)));
    }

    _imported(event) {
        this._report(Promise.resolve({result: event.detail}));
    }

    _report(question) {
        question.then(answer => {
            const outcome = answer.result;
            (outcome.done ? notifier.showSuccessMessage : notifier.showErrorMessage)
                .call(notifier, escaped(outcome.message), 'bottom-start', outcome.done ? 5 : 15);
            this._poll();
        }, unanswered);
    }
}

customElements.define('qwc-token-storage-tokens', QwcTokenStorageTokens);

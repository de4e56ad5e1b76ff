import { LitElement, html, css } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import '@vaadin/dialog';
import '@vaadin/button';
import '@vaadin/text-field';
import '@vaadin/text-area';
import { UNANSWERED } from './token-storage-notices.js';

const PROVIDER = '[A-Za-z0-9][A-Za-z0-9._\\-]{0,127}';
const EXAMPLE = '{\n  "access_token": "…",\n  "token_type": "Bearer",\n  "expires_in": 3600,\n  "refresh_token": "…"\n}';
/** One message to the application has at most 64 KiB, and its other parts need some. */
const MOST_KIB = 48;

/** As the message carries it. */
const kib = text => new TextEncoder().encode(JSON.stringify(text)).length / 1024;

/** Takes a token response that a person pastes. It is forgotten when the dialog closes. */
export class QwcTokenStorageImport extends LitElement {

    static styles = css`:host { display: contents; }`;

    static properties = {
        /** Calls a method of the application: its name, its parameters. */
        ask: {attribute: false},
        /** The proposed provider; null if nobody wants to import. */
        provider: {attribute: false},
        /** Provider to the version of its token, for all that have one. */
        known: {attribute: false},
        _name: {state: true},
        _response: {state: true},
        _problem: {state: true},
        _busy: {state: true}
    };

    constructor() {
        super();
        this.provider = null;
        this.known = new Map();
        this._nameField = createRef();
        this._responseField = createRef();
        this._clear();
    }

    connectedCallback() {
        super.connectedCallback();
        this._overlayOpened = e => this._focus(e.target);
        document.addEventListener('vaadin-overlay-open', this._overlayOpened);
    }

    disconnectedCallback() {
        document.removeEventListener('vaadin-overlay-open', this._overlayOpened);
        super.disconnectedCallback();
    }

    /** Not earlier: an overlay that opens takes the focus to itself. */
    _focus(overlay) {
        const field = (this.provider ? this._responseField : this._nameField).value;
        if (field && overlay.contains(field)) {
            field.focus();
        }
    }

    /** Ready for the next token: an answer for this one comes too late. */
    _clear() {
        this._request = null;
        this._name = '';
        this._seen = null;
        this._response = '';
        this._problem = null;
        this._busy = false;
    }

    willUpdate(changed) {
        if (changed.has('provider')) {
            this._clear();
            this._setName(this.provider ?? '');
        }
    }

    /** The token that is there when somebody names its provider is the one that may be replaced. */
    _setName(name) {
        this._name = name;
        this._seen = this.known.get(name) ?? null;
    }

    /** What was said of other text does not hold for this. */
    _entered(name, response) {
        if (name === this._name && response === this._response) {
            return;
        }
        this._problem = null;
        this._response = response;
        if (name !== this._name) {
            this._setName(name);
        }
    }

    render() {
        const state = [this._name, this._response, this._problem, this._busy, [...this.known.keys()].join()];
        return html`
            <vaadin-dialog header-title="Import a token" .opened=${this.provider !== null} draggable
                    @opened-changed=${e => { if (!e.detail.value && this.provider !== null) { this._close(); } }}
                    ${dialogRenderer(this._renderForm, state)} ${dialogFooterRenderer(this._renderButtons, state)}>
            </vaadin-dialog>`;
    }

    /** In the dialog, which the styles of this component do not reach. */
    _renderForm() {
        return html`
            <style>.token-storage-response textarea { font-family: var(--lumo-font-family-monospace, monospace); }</style>
            <div style="display:flex;flex-direction:column;width:36em;max-width:80vw">
                <vaadin-text-field label="Provider" required pattern=${'\\s*' + PROVIDER + '\\s*'} .value=${this._name} ${ref(this._nameField)}
                        error-message="Letters, digits, dots, hyphens and underscores; the first a letter or a digit"
                        helper-text=${this.known.has(this._name) ? 'There is a token of this provider; it will be replaced' : ''}
                        @value-changed=${e => this._entered(e.detail.value.trim(), this._response)}></vaadin-text-field>
                <vaadin-text-area label="Token response" class="token-storage-response" required .value=${this._response} placeholder=${EXAMPLE}
                        ${ref(this._responseField)}
                        helper-text="The JSON that the token endpoint answered (RFC 6749 section 5.1), or a token in its stored form"
                        style="min-height:14em;max-height:50vh;--vaadin-input-field-value-font-size:var(--lumo-font-size-s)"
                        autocomplete="off" autocorrect="off" autocapitalize="off" spellcheck="false"
                        @value-changed=${e => this._entered(this._name, e.detail.value)}></vaadin-text-area>
                ${this._problem ? html`<div role="alert" style="color:var(--lumo-error-text-color);padding-top:var(--lumo-space-s)">${this._problem}</div>` : ''}
            </div>`;
    }

    _renderButtons() {
        const complete = new RegExp('^' + PROVIDER + '$').test(this._name) && this._response.trim() !== '';
        return html`
            <vaadin-button theme="tertiary" @click=${this._close}>Cancel</vaadin-button>
            <vaadin-button theme="primary" ?disabled=${!complete || this._busy} @click=${this._import}>
                ${this.known.has(this._name) ? 'Replace' : 'Import'}</vaadin-button>`;
    }

    _import() {
        this._problem = this._objection();
        if (this._problem) {
            return;
        }
        const request = this._request = {};
        this._busy = true;
        this.ask('importToken', {provider: this._name, response: this._response, seen: this._seen}).then(answer => {
            if (answer.result.done) {
                // Even if it comes late: who closed the dialog may take the token for not imported
                this.dispatchEvent(new CustomEvent('imported', {detail: answer.result}));
            }
            this._settle(request, answer.result.done ? null : answer.result.message);
        }, () => this._settle(request, UNANSWERED));
    }

    /** Why this is not sent; null if it is. Whoever wants it even so knows what changed, and says so again. */
    _objection() {
        if (kib(this._response) > MOST_KIB) {
            return `This page takes no more than ${MOST_KIB} KiB; the command auth import reads longer responses from a file`;
        }
        const seen = this._seen;
        this._seen = this.known.get(this._name) ?? null;
        return seen === this._seen || this._seen === null ? null
            : 'The token of ' + this._name + ' has changed while this dialog was open; press Replace again to replace it even so';
    }

    /** @param problem null if the token was imported */
    _settle(request, problem) {
        if (this._request !== request) {
            return;
        }
        this._busy = false;
        this._problem = problem;
        if (problem === null) {
            this._close();
        }
    }

    _close() {
        this._clear();
        this.dispatchEvent(new CustomEvent('closed'));
    }
}

customElements.define('qwc-token-storage-import', QwcTokenStorageImport);

import { QwcHotReloadElement, html, css } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/button';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import { answered } from './token-storage-calls.js';
import { UNANSWERED, clipboardAtHand, copy } from './token-storage-notices.js';
import { besideFilter, levels, page } from './token-storage-styles.js';

const STATUS = {
    OK: {icon: 'check', level: 'success', label: 'fine'},
    WARN: {icon: 'triangle-exclamation', level: 'warning', label: 'warning'},
    FAIL: {icon: 'xmark', level: 'error', label: 'failed'},
    SKIPPED: {icon: 'minus', level: 'contrast', label: 'does not apply'}
};
const VERDICT = {
    HEALTHY: {level: 'success', text: 'Tokens can be stored and read'},
    FAILURES: {level: 'error', text: 'Something is broken'},
    NOT_CONFIGURED: {level: 'error', text: 'Something has to be configured'}
};

/** The doctor tries keys one after the other, each for as long as it may take; in milliseconds. */
const LONGEST = 180000;

/** A question as old as this, in milliseconds, was put to this run of the application. */
const FRESH = 3000;

/** The page Doctor: what works, what does not, and how to mend it. */
export class QwcTokenStorageDoctor extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this, false);

    static styles = [page, levels, css`
        .verdict {
            flex: 1;
            font-weight: 600;
        }
        .counts {
            padding-left: var(--lumo-space-s);
            font-weight: normal;
            color: var(--lumo-secondary-text-color);
        }
        .findings {
            overflow: auto;
            padding: 0 var(--lumo-space-m) var(--lumo-space-m) var(--lumo-space-m);
        }
        .finding {
            display: grid;
            grid-template-columns: 1.5em minmax(12em, 22em) 1fr;
            gap: 0 var(--lumo-space-s);
            padding: 5px 0;
            border-bottom: 1px solid var(--lumo-contrast-10pct);
            align-items: baseline;
        }
        .finding > * {
            min-width: 0;
            overflow-wrap: anywhere;
        }
        vaadin-icon {
            width: 1em;
            height: 1em;
        }
        .finding > vaadin-icon {
            align-self: start;
            margin-top: .3em;
        }
        .detail {
            color: var(--lumo-secondary-text-color);
        }
        .fix {
            grid-column: 3;
            display: flex;
            align-items: baseline;
            gap: var(--lumo-space-s);
        }
        .fix code {
            flex: 1;
            padding: 2px 6px;
            border-radius: var(--lumo-border-radius-s);
            background: var(--lumo-contrast-5pct);
            font-size: var(--lumo-font-size-s);
        }
        .legend {
            padding-top: var(--lumo-space-s);
            font-size: var(--lumo-font-size-s);
            color: var(--lumo-secondary-text-color);
        }
    `, besideFilter];

    static properties = {
        _diagnosis: {state: true},
        _busy: {state: true},
        _problem: {state: true}
    };

    constructor() {
        super();
        this._diagnosis = null;
        this._busy = false;
        this._problem = null;
    }

    connectedCallback() {
        super.connectedCallback();
        this._examine();
    }

    /** Another run of the application, which knows nothing of the question; or the first connection, a moment after it. */
    hotReload() {
        if (!this._busy || Date.now() - this._asked > FRESH) {
            this._examine();
        }
    }

    _examine() {
        this._busy = true;
        this._problem = null;
        const asked = this._asked = Date.now();
        answered(this.jsonRpc.diagnose(), LONGEST).then(answer => this._diagnosis = answer.result,
            () => this._problem = UNANSWERED).finally(() => {
            if (this._asked === asked) {
                this._busy = false;
            }
        });
    }

    render() {
        const verdict = this._diagnosis && VERDICT[this._diagnosis.verdict];
        return html`
            <div class="bar top">
                <span class="verdict ${verdict?.level ?? 'contrast'}">${verdict?.text ?? 'Examining …'}
                    <span class="counts">${this._counts()}</span></span>
                <vaadin-button theme="small" ?disabled=${this._busy} @click=${this._examine}>
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:stethoscope"></vaadin-icon>Examine again
                </vaadin-button>
            </div>
            ${this._busy ? html`<vaadin-progress-bar indeterminate></vaadin-progress-bar>` : ''}
            ${this._problem ? html`<div class="bar error" role="alert">${this._problem}</div>` : ''}
            ${this._diagnosis ? this._renderFindings(this._diagnosis.findings) : ''}`;
    }

    _counts() {
        const findings = this._diagnosis?.findings ?? [];
        return ['FAIL', 'WARN', 'OK'].map(status => [findings.filter(finding => finding.status === status).length, status])
            .filter(([count]) => count > 0).map(([count, status]) => count + ' ' + STATUS[status].label).join(' · ');
    }

    _renderFindings(findings) {
        return html`
            <div class="findings">
                ${findings.map(finding => this._renderFinding(finding))}
                ${findings.some(finding => finding.fix?.includes('<cli>')) ? html`
                    <div class="legend"><code>&lt;cli&gt;</code> is any command line that mounts the ready-made commands of this extension.</div>` : ''}
            </div>`;
    }

    _renderFinding(finding) {
        const status = STATUS[finding.status];
        return html`
            <div class="finding">
                <vaadin-icon class=${status.level} icon="font-awesome-solid:${status.icon}" title=${status.label}></vaadin-icon>
                <span class=${finding.status === 'SKIPPED' ? 'contrast' : ''}>${finding.check}</span>
                <span class="detail">${finding.detail}</span>
                ${finding.fix ? html`
                    <span class="fix"><code>${finding.fix}</code>
                        <vaadin-button theme="icon small tertiary" title="Copy the fix" aria-label="Copy the fix"
                                @click=${() => this._copy(finding.fix)}>
                            <vaadin-icon icon="font-awesome-solid:copy"></vaadin-icon>
                        </vaadin-button></span>` : ''}
            </div>`;
    }

    _copy(text) {
        if (clipboardAtHand()) {
            copy(text, 'Copied');
        }
    }
}

customElements.define('qwc-token-storage-doctor', QwcTokenStorageDoctor);

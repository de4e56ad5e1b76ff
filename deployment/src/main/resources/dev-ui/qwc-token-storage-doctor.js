import { QwcHotReloadElement, html, css } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/button';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import { answered } from './token-storage-calls.js';
import { UNANSWERED, clipboardAtHand, copy } from './token-storage-notices.js';
import { causeOnly } from './token-storage-format.js';
import { CLI, needsCommandLine, parts } from './token-storage-fix.js';
import { besideFilter, icons, levels, mono, page } from './token-storage-styles.js';

const STATUS = {
    OK: {icon: 'check', level: 'success', label: 'fine'},
    WARN: {icon: 'triangle-exclamation', level: 'warning', label: 'warning', many: 'warnings'},
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

/** What is to be mended, in the order of its weight; the rest is folded away beside it. */
const PROBLEMS = ['FAIL', 'WARN'];

/** A question as old as this, in milliseconds, was put to this run of the application. */
const FRESH = 3000;

/** The page Doctor: what works, what does not, and how to mend it. */
export class QwcTokenStorageDoctor extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this, false);

    static styles = [page, levels, icons, mono, css`
        .verdict {
            flex: 1;
            font-weight: 600;
        }
        .counts {
            padding-left: var(--lumo-space-s);
            font-weight: normal;
            color: var(--lumo-body-text-color);
        }
        .findings {
            overflow: auto;
            padding: 0 var(--lumo-space-m) var(--lumo-space-m) var(--lumo-space-m);
        }
        .finding {
            display: grid;
            grid-template-columns: 1.5rem minmax(12rem, 1fr) 3fr;
            gap: 0 var(--lumo-space-s);
            padding: 6px 0;
            border-bottom: 1px solid var(--lumo-contrast-10pct);
            align-items: baseline;
        }
        .finding > * {
            min-width: 0;
            overflow-wrap: anywhere;
        }
        .finding > vaadin-icon {
            width: 1em;
            height: 1em;
            align-self: start;
            margin-top: .3em;
        }
        .problem > .check {
            font-weight: 600;
        }
        .fine > .detail {
            color: var(--lumo-secondary-text-color);
        }
        .fix {
            grid-column: 3;
        }
        .fix a {
            color: inherit;
        }
        .command {
            display: inline-flex;
            align-items: center;
            max-width: 100%;
            vertical-align: middle;
        }
        .command code {
            min-width: 0;
            padding: 2px 6px;
            border-radius: var(--lumo-border-radius-s);
            background: var(--lumo-contrast-5pct);
            color: var(--lumo-body-text-color);
        }
        summary {
            padding: var(--lumo-space-s) 0;
            cursor: pointer;
        }
        .legend {
            padding-top: var(--lumo-space-s);
            font-size: var(--lumo-font-size-s);
            color: var(--lumo-secondary-text-color);
        }
        @media (max-width: 900px) {
            .finding {
                grid-template-columns: 1.5rem 1fr;
            }
            .finding > .detail, .fix {
                grid-column: 2;
            }
        }
    `, besideFilter];

    static properties = {
        _diagnosis: {state: true},
        /** Whether somebody folded or unfolded what is in order; null if nobody did. */
        _unfolded: {state: true},
        _busy: {state: true},
        _problem: {state: true}
    };

    constructor() {
        super();
        this._diagnosis = null;
        this._unfolded = null;
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
        return this._count(findings, ['FAIL', 'WARN', 'OK']);
    }

    _count(findings, statuses) {
        return statuses.map(status => [findings.filter(finding => finding.status === status).length, STATUS[status]])
            .filter(([count]) => count > 0).map(([count, status]) => count + ' ' + (count > 1 && status.many || status.label))
            .join(' · ');
    }

    _renderFindings(findings) {
        const problems = PROBLEMS.flatMap(status => findings.filter(finding => finding.status === status));
        const others = findings.filter(finding => !PROBLEMS.includes(finding.status));
        const unfolded = this._unfolded ?? problems.length === 0;
        return html`
            <div class="findings">
                ${problems.map(finding => this._renderFinding(finding))}
                ${findings.some(finding => needsCommandLine(finding.fix)) ? html`
                    <div class="legend"><code>${CLI}</code> is any command line that mounts the ready-made commands of this extension.</div>` : ''}
                ${others.length ? html`
                    <details .open=${unfolded}>
                        <summary @click=${e => { e.preventDefault(); this._unfolded = !unfolded; }}>${this._count(others, ['OK', 'SKIPPED'])}</summary>
                        ${others.map(finding => this._renderFinding(finding))}
                    </details>` : ''}
            </div>`;
    }

    _renderFinding(finding) {
        const status = STATUS[finding.status];
        return html`
            <div class="finding ${PROBLEMS.includes(finding.status) ? 'problem' : 'fine'}">
                <vaadin-icon class=${status.level} icon="font-awesome-solid:${status.icon}" title=${status.label}></vaadin-icon>
                <span class="check">${finding.check}</span>
                <span class="detail">${finding.fix ? causeOnly(finding.detail) : finding.detail}</span>
                ${finding.fix ? this._renderFix(finding.fix) : ''}
            </div>`;
    }

    _renderFix(fix) {
        return html`
            <span class="fix"><b>Fix:</b>
                ${parts(fix).map(part => part.command ? this._renderCommand(part.command) : part.provider ? html`
                    <a href="tokens#${part.provider}">delete or replace it in Tokens</a>` : html`<span>${part.words} </span>`)}
            </span>`;
    }

    _renderCommand(command) {
        return html`
            <span class="command"><code class="mono">${command}</code>
                <vaadin-button theme="icon small tertiary" title="Copy the command" aria-label="Copy the command"
                        @click=${() => this._copy(command)}>
                    <vaadin-icon icon="font-awesome-solid:copy"></vaadin-icon>
                </vaadin-button></span>`;
    }

    _copy(text) {
        if (clipboardAtHand()) {
            copy(text, 'Copied');
        }
    }
}

customElements.define('qwc-token-storage-doctor', QwcTokenStorageDoctor);

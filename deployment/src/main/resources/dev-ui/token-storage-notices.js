import { notifier } from 'notifier';

export const UNANSWERED = 'The application did not answer; its log may say why';

/** For a call that failed: the reason may quote what was asked, and is in the log. */
export function unanswered() {
    notifier.showErrorMessage(UNANSWERED, 'bottom-start', 15);
}

/** Whether there is a clipboard; says so if not. Browsers keep it from pages that came over http from another machine. */
export function clipboardAtHand() {
    if (!navigator.clipboard) {
        notCopied();
    }
    return Boolean(navigator.clipboard);
}

/** Copies a text and says what it did, in words that hold no markup. */
export function copy(text, done) {
    navigator.clipboard.writeText(text).then(() => notifier.showInfoMessage(done, 'bottom-start'), notCopied);
}

function notCopied() {
    notifier.showErrorMessage('The browser did not allow to copy', 'bottom-start');
}

/** Words for what the pages show. A member of an answer that is null does not arrive: it is undefined here. */

const UNITS = [['d', 86400], ['h', 3600], ['min', 60]];

/** Such as "3 d" or "42 s". */
export function amount(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    for (const [unit, size] of UNITS) {
        if (seconds >= 2 * size) {
            return Math.floor(seconds / size) + ' ' + unit;
        }
    }
    return seconds + ' s';
}

/** A countdown: "2 d 03:04:05", "03:04:05", "04:05". */
export function countdown(milliseconds) {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const two = number => String(number).padStart(2, '0');
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const clock = two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
    return days > 0 ? days + ' d ' + two(hours) + ':' + clock : hours > 0 ? two(hours) + ':' + clock : clock;
}

/** Local date and time with the zone; for a title or a table. */
export function moment(milliseconds) {
    return new Date(milliseconds).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'long'});
}

/** "in 3 h" or "3 h ago". */
export function distance(milliseconds, now) {
    return milliseconds > now ? 'in ' + amount(milliseconds - now) : amount(now - milliseconds) + ' ago';
}

/** The two ends of a long key name. */
export function shortened(identity) {
    return identity.length <= 24 ? identity : identity.slice(0, 12) + '…' + identity.slice(-6);
}

/** Names of files and messages of errors may hold what a browser takes for markup, and notifications render it. */
export function escaped(text) {
    return text.replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');
}

/**
 * A cause without what its message advises: for places that show a fix of its own beside it, which knows what the page can do.
 */
export function causeOnly(cause) {
    return cause.replace(/(?:[;:]|\.) (?:restore the file|add the identity|replace the link)\b.*$/i, '');
}

/** How each state of an entry looks and reads. */
export const STATES = {
    READABLE: {icon: 'circle-check', level: 'success', label: 'valid'},
    EXPIRED: {icon: 'clock', level: 'warning', label: 'expired'},
    READING: {icon: 'hourglass-half', level: 'contrast', label: 'reading'},
    NOT_TRIED: {icon: 'circle-question', level: 'contrast', label: 'not tried'},
    ABSENT: {icon: 'circle-minus', level: 'contrast', label: 'none stored'},
    EMPTY: {icon: 'circle-xmark', level: 'error', label: 'empty file'},
    DAMAGED: {icon: 'circle-xmark', level: 'error', label: 'damaged'},
    NOT_ENCRYPTED: {icon: 'lock-open', level: 'error', label: 'not encrypted'},
    NO_KEY: {icon: 'key', level: 'error', label: 'no key'},
    INACCESSIBLE: {icon: 'ban', level: 'error', label: 'not accessible'},
    NOT_CONFIGURED: {icon: 'triangle-exclamation', level: 'error', label: 'not configured'},
    UNUSED: {icon: 'circle-minus', level: 'contrast', label: 'not used'}
};

/** How any other state looks: there is nothing wrong as far as this page knows. */
const other = state => ({icon: 'circle-question', level: 'contrast', label: state.toLowerCase().replaceAll('_', ' ')});

/** The state of an entry at this moment. */
export function stateOf(entry, now) {
    const expired = entry.state === 'READABLE' && entry.expiresAt != null && entry.expiresAt <= now;
    return STATES[expired ? 'EXPIRED' : entry.state] ?? other(entry.state);
}

/** What the doctor advises, taken apart: words, and commands that can be pasted into a shell. */

/** As TokenDesk.java names the command line, which a service does not have. */
export const CLI = 'your-cli';

/** A command at the start or after words that lead to one; of a program that fixes name, up to the next part of the sentence. */
const COMMAND = new RegExp('(^|: |, or |; else | run )((?:chmod|find|gpg|gpgconf|mv|rm|' + CLI + ')'
    + "(?: (?!(?:and|or) )(?:'[^']*'|[^\\s'])+?(?=[,;]? |[,;]?$))+)", 'g');
const LOG_IN_AGAIN = new RegExp('^' + CLI + ' auth logout (\\S+)$');

const part = command => {
    const provider = command.match(LOG_IN_AGAIN)?.[1];
    return provider ? {provider} : {command};
};

/** The parts of a fix in order: {words}, {command}, or the {provider} whose token the pages delete or replace themselves. */
export function parts(fix) {
    const found = [];
    let end = 0;
    for (const match of fix.matchAll(COMMAND)) {
        const start = match.index + match[1].length;
        found.push({words: fix.slice(end, start)}, part(match[2]));
        end = match.index + match[0].length;
    }
    found.push({words: fix.slice(end)});
    return found.map(part => part.words === undefined ? part : {words: part.words.replace(/^[,;]? /, '').trim()})
        .filter(part => part.words !== '');
}

/** Whether it takes the command line. */
export function needsCommandLine(fix) {
    return parts(fix ?? '').some(part => part.command?.startsWith(CLI + ' '));
}

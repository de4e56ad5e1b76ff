/** How the pages ask the application. */

/** Longer than locks, programs and key services are waited for by themselves; in milliseconds. */
const ANSWER_WITHIN = 60000;

/** Beside the pages, where only they can read it. */
const PAGE_KEY = new URL('./token-storage-page-key.json', import.meta.url);

/** Asked for each time: another run of development has another one. */
async function pageKey() {
    const answer = await fetch(PAGE_KEY, {cache: 'no-store'});
    if (!answer.ok) {
        throw new Error('The key of the pages cannot be read: ' + answer.status);
    }
    return answer.json();
}

/** The answer, or a failure if there is none in time: of a question that went down with its connection nobody tells. */
export function answered(question, longest = ANSWER_WITHIN) {
    let waiting;
    const late = new Promise((resolve, reject) => waiting = setTimeout(() => reject(new Error('No answer')), longest));
    return Promise.race([question, late]).finally(() => clearTimeout(waiting));
}

/** A method for what the application does for its pages only: takes the name of one of its methods, and parameters for it. */
export function caller(jsonRpc) {
    const call = async (method, parameters) => jsonRpc[method]({...parameters, key: await pageKey()});
    return (method, parameters) => answered(call(method, parameters));
}

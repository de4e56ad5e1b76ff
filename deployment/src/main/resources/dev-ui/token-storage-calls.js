/** How the pages ask the application. */

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

/** A method for what the application does for its pages only: takes the name of one of its methods, and parameters for it. */
export const caller = jsonRpc => async (method, parameters) => jsonRpc[method]({...parameters, key: await pageKey()});

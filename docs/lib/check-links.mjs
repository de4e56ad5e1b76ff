// Follows every link, image and style sheet of a built site: node check-links.mjs DIRECTORY. Pages, files and anchors of the site
// must be there; of addresses elsewhere only the form is checked, since the build needs no network.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(process.argv[2])
const pages = readdirSync(root, { recursive: true }).map(String).filter((name) => name.endsWith('.html')).map((name) => join(root, name))
const content = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]))
const anchors = new Map()
const faults = []
let links = 0

for (const [page, html] of content) {
  const ids = [...html.matchAll(/<[^>]*\sid="([^"]+)"/g)].map((match) => match[1])
  const seen = new Set()
  for (const id of ids) {
    if (seen.has(id)) fault(page, `two elements have the id "${id}"`)
    seen.add(id)
  }
  anchors.set(page, seen)
}
for (const [page, html] of content) {
  // A page that only leads to another one
  const target = html.match(/<meta http-equiv="refresh" content="0; url=([^"]+)"/)
  for (const link of target ? [target[1]] : targets(html)) {
    links++
    const wrong = check(page, link)
    if (wrong) fault(page, `${link}: ${wrong}`)
  }
}
if (pages.length === 0) fault(root, 'there is no page')
for (const line of faults) console.error(line)
console.log(`${pages.length} pages, ${links} links, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)

function targets (html) {
  return [...html.matchAll(/<[a-z][^>]*\s(?:href|src)="([^"]*)"/g)].map((match) => match[1].replace(/&amp;/g, '&'))
}

function check (page, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return checkAddress(link)
  const [path, fragment] = link.split('#')
  let file = path === '' ? page : resolve(dirname(page), decodeURIComponent(path))
  if (relative(root, file).startsWith('..')) return 'leads out of the site'
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html')
  if (!existsSync(file)) return 'there is no such file'
  if (fragment && anchors.has(file) && !anchors.get(file).has(decodeURIComponent(fragment))) return 'there is no such place on the page'
  return undefined
}

function checkAddress (link) {
  if (link.startsWith('mailto:')) return undefined
  let address
  try {
    address = new URL(link)
  } catch {
    return 'is no address'
  }
  if (address.protocol === 'https:' || address.hostname === 'localhost') return undefined
  return 'is not https'
}

function fault (page, text) {
  faults.push(`${relative(root, page)}: ${text}`)
}

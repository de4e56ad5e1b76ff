// Serves a directory on this machine only: node serve.mjs DIRECTORY PORT
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'text/xml'
}
const root = resolve(process.argv[2])
const port = Number(process.argv[3])

function fileOf (path) {
  const file = join(root, normalize(path))
  if (file !== root && !file.startsWith(root + sep)) return undefined
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.isDirectory() ? fileOf(join(path, 'index.html')) : found && file
}

const server = createServer((request, response) => {
  let file
  try {
    file = fileOf(decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
  } catch {
    file = undefined
  }
  if (!file) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n')
    return
  }
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
})

server.on('error', (error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken: PORT=… docs/preview takes another one` : error.message)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () => {
  console.log(`Documentation at http://localhost:${server.address().port}/ (end with Ctrl+C)`)
})

'use strict'

const { posix: path } = require('path')

// From the page being made to another one of the site
module.exports = (to, { data: { root } }) => {
  if (!to || !to.startsWith('/')) return to
  const from = root.page.url
  if (!from) return (root.site.path || '') + to
  const [target, fragment] = to.split('#')
  const relative = path.relative(path.dirname(from + '.'), target) || '.'
  return relative + (target.endsWith('/') ? '/' : '') + (fragment === undefined ? '' : '#' + fragment)
}

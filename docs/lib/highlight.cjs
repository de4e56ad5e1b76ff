'use strict'

// Colours for listings when the site is built, so that its pages need no script. Asciidoctor takes callouts out beforehand and
// puts them back afterwards.
const asciidoctor = require('@asciidoctor/core')()
const hljs = require('highlight.js/lib/common')

hljs.registerLanguage('dockerfile', require('highlight.js/lib/languages/dockerfile'))
hljs.registerLanguage('powershell', require('highlight.js/lib/languages/powershell'))
hljs.registerLanguage('properties', require('highlight.js/lib/languages/properties'))

class BuildTimeHighlighter {
  handlesHighlighting () {
    return true
  }

  highlight (node, source, language) {
    return hljs.getLanguage(language) ? hljs.highlight(source, { language }).value : escape(source)
  }

  format (node, language, options) {
    return `<pre class="highlight"><code class="language-${language}" data-lang="${language}">${node.getContent()}</code></pre>`
  }
}

function escape (text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

module.exports.register = (registry) => {
  asciidoctor.SyntaxHighlighter.register('build-time', BuildTimeHighlighter)
  return registry
}

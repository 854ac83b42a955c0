import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src/main/page/content-security-policy.ts'
import { openBrowser } from './browser.ts'

export interface BundledPage {
  readonly page: Page
  /** What the page complained of. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Opens a page of the test's own, bundled as the product is, in the real browser under the product's content policy. */
export async function openBundledPage(entry: string): Promise<BundledPage> {
  const files = await bundle(entry)
  const server = await serve(files)
  const browser: Browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  return {
    page,
    complaints,
    async close() {
      await browser.close()
      await new Promise((done) => server.close(done))
    },
  }
}

async function bundle(entry: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      write: false,
      minify: false,
      assetsInlineLimit: 0,
      target: 'esnext',
      rollupOptions: {
        input: resolve(entry),
        output: { entryFileNames: 'entry.js', assetFileNames: '[name][extname]', chunkFileNames: '[name].js' },
      },
    },
  })
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : []
  const files = outputs.flatMap((one) => one.output)
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

const kinds: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' }

function serve(files: ReadonlyMap<string, string | Uint8Array>): Promise<Server> {
  const styles = [...files.keys()].filter((path) => path.endsWith('.css'))
  const links = styles.map((path) => `<link rel="stylesheet" href="${path}">`).join('')
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title>${links}</head><body><div id="app"></div><script type="module" src="/entry.js"></script></body></html>`
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const body = path === '/' ? html : files.get(path)
    response.setHeader('content-security-policy', contentSecurityPolicy({ connect: [], media: ["'self'"] }))
    response.setHeader('content-type', kinds[path.split('.').at(-1) ?? ''] ?? 'text/html')
    response.writeHead(body === undefined ? 404 : 200).end(body ?? '')
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

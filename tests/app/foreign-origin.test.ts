import { createServer } from 'node:http'
import { existsSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'

/** Somebody else's page in a real browser on the same machine, which knows where the host listens, and even its token. */
let host: TestHost
let browser: Browser
let foreignOrigin: string
let closeForeign: () => void

beforeAll(async () => {
  host = await startTestHost()
  // A name outside that was made to point here: DNS rebinding.
  browser = await openBrowser(['--host-resolver-rules=MAP rebound.example 127.0.0.1'])
  const foreign = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>foreign</title><body></body>')
  })
  await new Promise<void>((done) => foreign.listen(0, '127.0.0.1', done))
  foreignOrigin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`
  closeForeign = () => {
    foreign.close()
    foreign.closeAllConnections()
  }
})
afterAll(async () => {
  await browser?.close()
  closeForeign?.()
  await host?.close()
})

interface Attempts {
  /** What could be read or opened, by the way that was tried. */
  readonly gained: string[]
  readonly tried: number
}

/** Every way that a page has to reach an address; runs in the page. */
async function attempt({ target, token }: { target: string; token: string }): Promise<Attempts> {
  const gained: string[] = []
  const ways: [name: string, way: () => Promise<boolean>][] = []
  const socketTarget = target.replace('http', 'ws')
  const paths = ['/', '/index.html', '/compute.html', '/media/clip/x', '/peaks/clip/x', '/upload', '/socket']
  const read = async (path: string, options: RequestInit) => {
    const answer = await fetch(target + path, options)
    return answer.status !== 0 && answer.status < 400
  }
  const bearer = { authorization: `Bearer ${token}` }
  for (const path of paths) {
    ways.push([`fetch ${path}`, () => read(path, {})])
    ways.push([`fetch with token ${path}`, () => read(path, { headers: bearer })])
    ways.push([`fetch without asking ${path}`, () => read(path, { mode: 'no-cors', credentials: 'include' })])
    ways.push([`post ${path}`, () => read(path, { method: 'POST', body: 'sound', mode: 'no-cors' })])
    ways.push([`post with token ${path}`, () => read(path, { method: 'POST', body: 'sound', headers: bearer })])
  }
  const element = (name: string, attributes: Record<string, string>) => async () => {
    const made = document.createElement(name)
    const ended = new Promise<boolean>((end) => {
      made.addEventListener('load', () => end(true))
      made.addEventListener('loadeddata', () => end(true))
      made.addEventListener('error', () => end(false))
    })
    Object.assign(made, attributes)
    document.body.append(made)
    return ended
  }
  ways.push(['image', element('img', { src: `${target}/assets/logo.svg` })])
  ways.push(['script', element('script', { src: `${target}/assets/index.js` })])
  ways.push(['module', element('script', { src: `${target}/assets/index.js`, type: 'module' })])
  ways.push(['style', element('link', { rel: 'stylesheet', href: `${target}/assets/index.css` })])
  ways.push(['sound', element('audio', { src: `${target}/media/clip/x`, preload: 'auto' })])
  ways.push([
    'events',
    () =>
      new Promise((end) => {
        const source = new EventSource(`${target}/socket`)
        source.onopen = () => end(true)
        source.onerror = () => (source.close(), end(false))
      }),
  ])
  for (const path of ['/socket', '/', '//', '/socket/..'])
    ways.push([
      `socket ${path}`,
      () =>
        new Promise((end) => {
          const socket = new WebSocket(socketTarget + path)
          socket.onopen = () => socket.send(JSON.stringify({ kind: 'hello', token }))
          socket.onmessage = () => end(true)
          socket.onclose = () => end(false)
        }),
    ])
  ways.push([
    'worker',
    () =>
      new Promise((end) => {
        try {
          const worker = new Worker(`${target}/assets/index.js`)
          worker.onmessage = () => end(true)
          worker.onerror = () => end(false)
        } catch {
          end(false)
        }
      }),
  ])
  ways.push([
    'frame',
    async () => {
      const frame = document.createElement('iframe')
      const loaded = new Promise((end) => frame.addEventListener('load', end))
      frame.src = target
      document.body.append(frame)
      await loaded
      try {
        return (frame.contentDocument?.body.childElementCount ?? 0) > 0
      } catch {
        return false
      }
    },
  ])
  ways.push([
    'form',
    async () => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'answer' })
      const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'multipart/form-data' })
      form.setAttribute('action', `${target}/upload`)
      form.setAttribute('target', 'answer')
      document.body.append(frame, form)
      const loaded = new Promise((end) => frame.addEventListener('load', end))
      form.submit()
      await loaded
      try {
        return (frame.contentDocument?.body.textContent ?? '').includes('uploadId')
      } catch {
        return false
      }
    },
  ])
  navigator.sendBeacon(`${target}/upload`, 'sound')
  for (const [name, way] of ways) if (await way().catch(() => false)) gained.push(name)
  return { gained, tried: ways.length }
}

/** What the host did meanwhile: answers that let something through, verbs that were asked, files that were stored. */
async function watched(page: Page, act: (page: Page) => Promise<Attempts>) {
  const dispatch = vi.spyOn(host.application, 'dispatch')
  const media = vi.spyOn(host.application, 'media')
  const letThrough: string[] = []
  page.on('response', (answer) => {
    if (answer.url().includes(`:${host.server.port}`) && answer.status() < 400) letThrough.push(answer.url())
  })
  const attempts = await act(page)
  const stored = existsSync(host.paths.uploadsFolder) ? readdirSync(host.paths.uploadsFolder) : []
  const verbs = dispatch.mock.calls.length + media.mock.calls.length
  dispatch.mockRestore()
  media.mockRestore()
  await page.close()
  return { ...attempts, letThrough, stored, verbs }
}
const nothing = { gained: [], letThrough: [], stored: [], verbs: 0 }

for (const knows of ['nothing', 'the token'] as const)
  test(`a page of another origin that knows ${knows} reads nothing, and nothing happens`, async () => {
    const token = knows === 'nothing' ? 'guessed' : host.server.token
    const page = await browser.newPage()
    await page.goto(foreignOrigin)
    const seen = await watched(page, () => page.evaluate(attempt, { target: host.origin, token }))
    expect(seen).toMatchObject(nothing)
    expect(seen.tried).toBeGreaterThan(45)
  })

test('a page without an origin, in a sandboxed frame, reads nothing either, and nothing happens', async () => {
  const page = await browser.newPage()
  await page.goto(foreignOrigin)
  const frame = await sandboxed(page)
  expect(await frame.evaluate(() => window.origin)).toBe('null')
  const { token } = host.server
  expect(await watched(page, () => frame.evaluate(attempt, { target: host.origin, token }))).toMatchObject(nothing)
})

async function sandboxed(page: Page): Promise<Frame> {
  const attached = page.waitForEvent('frameattached')
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts allow-forms')
    frame.srcdoc = '<!doctype html><body></body>'
    document.body.append(frame)
  })
  const frame = await attached
  await frame.waitForLoadState()
  return frame
}

test('a page whose name was made to point here, so that it is of one origin with the host, reads nothing either', async () => {
  const target = `http://rebound.example:${host.server.port}`
  const page = await browser.newPage()
  // The page itself came before its name was turned around.
  await page.route(`${target}/before.html`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
  )
  await page.goto(`${target}/before.html`)
  const { token } = host.server
  const seen = await watched(page, async () => {
    const attempts = await page.evaluate(attempt, { target, token })
    expect((await page.goto(target))?.status()).toBe(403)
    return attempts
  })
  expect(seen).toMatchObject(nothing)
})

test('the host’s own page, by the same ways, is answered: what is refused above is refused for where it comes from', async () => {
  const page = await browser.newPage()
  await page.goto(`${host.origin}/index.html`)
  const { gained } = await page.evaluate(attempt, { target: host.origin, token: host.server.token })
  await page.close()
  expect(gained).toEqual(expect.arrayContaining(['fetch /', 'post with token /upload', 'socket /socket']))
  expect(readdirSync(host.paths.uploadsFolder)).toHaveLength(1)
})

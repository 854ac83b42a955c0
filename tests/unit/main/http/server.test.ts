import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../../../src/main/http/server.ts'
import { silentLogger } from '../../../../src/main/logger.ts'
import { stubApplication } from '../../../fuzz/targets/stub-application.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const TOKEN = 't'.repeat(43)

async function serverOfNothing(faults: unknown[]): Promise<number> {
  const folder = temporaryFolder()
  const server = await startServer({
    application: stubApplication(),
    installation: { rendererFolder: folder },
    paths: { uploadsFolder: folder },
    port: 0,
    token: TOKEN,
    logger: { ...silentLogger, error: (_words, cause) => void faults.push(cause) },
  })
  onTestFinished(() => server.close())
  return server.port
}

/** The first line that comes back. */
const said = (port: number, lines: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const line = connect(port, '127.0.0.1', () => {
      line.write(`${lines.join('\r\n')}\r\n\r\n`)
      if (!lines.includes('Connection: close')) line.end()
    })
    line.on('data', (bytes) => (answer += String(bytes)))
    line.on('error', reject)
    line.on('close', () => resolve(answer.split('\r\n')[0]))
  })

test('a target that is no address is refused: neither a request nor an upgrade ends the host or counts as its fault', async () => {
  const faults: unknown[] = []
  const port = await serverOfNothing(faults)
  const host = `Host: 127.0.0.1:${port}`
  for (const target of ['//', '//[', 'http://[']) {
    // Any page in a browser can open a socket with such a target; it never gets as far as its origin.
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Origin: http://elsewhere.example']
    expect(await said(port, [`GET ${target} HTTP/1.1`, host, ...upgrade])).toBe('HTTP/1.1 403 Forbidden')
    expect(await said(port, [`GET ${target} HTTP/1.1`, host, 'Connection: close'])).toBe('HTTP/1.1 403 Forbidden')
  }
  expect(faults).toEqual([])
})

test('a page that goes away in the middle of an upload is no fault of the host, and leaves nothing', async () => {
  const faults: unknown[] = []
  const port = await serverOfNothing(faults)
  const lines = [`Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`, `Authorization: Bearer ${TOKEN}`]
  await said(port, ['POST /upload HTTP/1.1', ...lines, 'Content-Length: 100'])
  // Another answer, so that the one before has ended.
  expect(await said(port, ['GET /x.js HTTP/1.1', lines[0], 'Connection: close'])).toBe('HTTP/1.1 404 Not Found')
  expect(faults).toEqual([])
})

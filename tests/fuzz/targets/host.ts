import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { concatenated } from '../../../src/shared/base/concatenated.ts'
import { isOwnHost } from '../../../src/main/http/admission.ts'
import { startServer } from '../../../src/main/http/server.ts'
import type { Logger } from '../../../src/main/logger.ts'
import { parseByteRange } from '../../../src/main/page/byte-range.ts'
import { staticPath } from '../../../src/main/page/static-path.ts'
import { decodeLatin, decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { pick } from '../engine/mutate.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { hostileText } from '../structures/hostile-text.ts'
import { stubApplication } from './stub-application.ts'

const TOKEN = 't'.repeat(43)
const SECRET = 'the canary sings'
const request = (...lines: readonly string[]): Uint8Array => encodeUtf8(`${lines.join('\r\n')}\r\n\r\n`)
const HOST = 'Host: 127.0.0.1:80'
const socketLines = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

/** Another path, or another value of a header. */
function varyRequest(input: Uint8Array, random: Random): Uint8Array {
  const [first, ...lines] = decodeUtf8(input).split('\r\n')
  const [method = 'GET', path = '/', version = 'HTTP/1.1'] = first.split(' ')
  const noise = encodeURI(hostileText(random).toWellFormed())
  const put = (words: string, rest: readonly string[] = lines) =>
    encodeUtf8([words, ...rest].join('\r\n').toWellFormed())
  const paths = [
    `/${noise}`,
    `${path}/${noise}`,
    `/..${path}`,
    `/%2e%2e%2f${noise}`,
    '//',
    '/\\',
    `http://${noise}/`,
    '*',
    `/media/${noise}`,
    `${path}?${noise}`,
    noise,
  ]
  switch (random.integer(4)) {
    case 0:
      return put(
        `${pick(random, ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'CONNECT', 'TRACE', 'x'])} ${path} ${version}`,
      )
    case 1:
      return put(
        first,
        lines.map((line) => (random.integer(3) === 0 ? `${line.split(':')[0]}: ${noise}` : line)),
      )
    default:
      return put(`${method} ${pick(random, paths)} ${version}`)
  }
}

export const httpRequest: FuzzTarget = {
  name: 'http-request',
  reads: 'requests to the headless host over a real connection, upgrades to a WebSocket among them',
  promise:
    'answers each request or closes; never serves what lies beside the page, never ends in a fault or a fallen server',
  share: 6,
  memoryCapMb: 1000,
  async open(folder) {
    const rendererFolder = join(folder, 'page')
    mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
    writeFileSync(join(rendererFolder, 'index.html'), '<p>page</p>')
    writeFileSync(join(folder, 'secret.html'), SECRET)
    const faults: string[] = []
    const note = (words: string, cause?: unknown) =>
      void faults.push(`${words}: ${cause instanceof Error ? cause.stack : ''}`)
    const logger: Logger = { info: () => {}, warn: () => {}, error: note }
    const server = await startServer({ application: stubApplication(), installation: { rendererFolder }, paths: { uploadsFolder: join(folder, 'uploads') }, port: 0, logger, token: TOKEN }) // prettier-ignore
    const uncaught = (cause: unknown) => note('uncaught', cause)
    process.on('uncaughtException', uncaught)
    process.on('unhandledRejection', uncaught)
    return {
      seeds: [
        request('GET / HTTP/1.1', HOST),
        request('GET /assets/index-12345678.js HTTP/1.1', HOST, 'Range: bytes=0-5', 'Sec-Fetch-Site: same-origin'),
        request(`GET /media/clip/${'0'.repeat(64)} HTTP/1.1`, HOST, `Authorization: Bearer ${TOKEN}`),
        request('GET /socket HTTP/1.1', HOST, 'Origin: http://127.0.0.1:80', ...socketLines),
        request(
          'POST /upload HTTP/1.1',
          HOST,
          'Origin: http://127.0.0.1:80',
          `Authorization: Bearer ${TOKEN}`,
          'Content-Length: 4',
          '',
          'abcd',
        ),
      ],
      largestBytes: 20_000,
      words: [
        '\r\n',
        'Host: ',
        'Range: bytes=',
        'Origin: ',
        'Content-Length: ',
        'Transfer-Encoding: chunked',
        'Upgrade: websocket',
        '%00',
        '..',
      ],
      vary: varyRequest,
      async take(input) {
        const answer = await conversation(server.port, input)
        const found = faults.splice(0)
        promised(found.length === 0, `ended in a fault: ${found[0]}`)
        promised(!answer.includes(SECRET), 'serves what lies beside the page')
        promised(answer === '' || answer.startsWith('HTTP/1.1 '), 'answers no HTTP')
      },
      async close() {
        process.off('uncaughtException', uncaught)
        process.off('unhandledRejection', uncaught)
        await server.close()
      },
    }
  },
}

const SILENCE_MS = 100

/** All that comes back until the server closes, as the last request asks it to, or nothing more is said. */
function conversation(port: number, input: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const last = request('', 'GET /last HTTP/1.1', HOST, 'Connection: close')
    const line = connect(port, '127.0.0.1', () => line.write(concatenated([input, last], Uint8Array)))
    line.setNoDelay(true)
    line.setTimeout(SILENCE_MS, () => line.destroy())
    line.on('data', (bytes) => {
      answer += decodeLatin(bytes)
      if (answer.includes(' 101 ')) line.destroy()
    })
    line.on('error', () => {})
    line.on('close', () => resolve(answer))
  })
}

export const httpParts: FuzzTarget = {
  name: 'http-parts',
  reads: 'hosts, paths and ranges of requests',
  promise: 'a path stays under its folder, a range in its file, and only names of this machine are its own',
  share: 150,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [
      '/index.html',
      '/assets/a-12345678.js',
      'bytes=0-99',
      'bytes=-5',
      '127.0.0.1:80',
      '[::1]:8',
      'localhost',
    ].map(encodeUtf8),
    largestBytes: 4000,
    words: [
      '../',
      '..\\',
      '%2e%2e/',
      '%5c',
      '%00',
      'C:',
      '//',
      '.html',
      'bytes=',
      '-',
      '99999999999999999999',
      'localhost',
      '.js',
      'con.js',
    ],
    vary: (input, random) => encodeUtf8(`${decodeUtf8(input)}${hostileText(random)}`.toWellFormed()),
    take(input) {
      const text = decodeUtf8(input)
      const folder = join('/', 'page')
      for (const path of [staticPath(folder, text), staticPath(folder, `/${text}`)])
        promised(
          path === null || (path.startsWith(join(folder, '/')) && !/\0|\/\.\.(\/|$)|\\/.test(path)),
          `goes to ${path}`,
        )
      const range = parseByteRange(text, 100)
      if (range.kind === 'part')
        promised(
          range.firstByte >= 0 && range.lastByte < 100 && range.firstByte <= range.lastByte,
          `gives ${range.firstByte}–${range.lastByte} of 100`,
        )
      if (isOwnHost(text))
        promised(/^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(text), `takes ${text} for itself`)
    },
  }),
}

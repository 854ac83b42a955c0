import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { writeSungFile } from '../../support/sound-files.ts'

/** A person without rights, in a folder with spaces, brackets and Korean letters, on a machine without a network. */
const rootFolder = resolve(import.meta.dirname, '../../..')
const NAME = '내 노래 (최종) – mix'
/** The person “nobody” of Linux and macOS; where this is nobody’s machine to give, the test’s own person. */
const isRoot = process.getuid?.() === 0
const person = isRoot ? { uid: 65_534, gid: 65_534 } : {}

let place: string
let program: string
let home: string
beforeAll(() => {
  place = join(mkdtempSync(join(tmpdir(), 'understudy-launch-')), NAME)
  program = join(place, 'Understudy app')
  home = join(place, 'home of 미라')
  mkdirSync(home, { recursive: true })
  if (!existsSync(join(rootFolder, 'out', 'main', 'cli.js'))) return
  for (const part of ['out/main', 'out/kernels', 'out/renderer', 'package.json', 'models'])
    cpSync(join(rootFolder, part), join(program, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.map') && !path.includes(join('models', 'train')),
    })
  symlinkSync(join(rootFolder, 'node_modules'), join(program, 'node_modules'), 'junction')
  writeSungFile(join(home, 'lead 보컬.wav'))
  if (!isRoot) return
  chmodSync(dirname(place), 0o755)
  for (const path of [home, join(home, 'lead 보컬.wav')]) chownSync(path, person.uid ?? 0, person.gid ?? 0)
})
afterAll(() => rmSync(dirname(place), { recursive: true, force: true }))

/** A proxy that nobody serves: whatever would ask the world fails. */
const offline = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' }

function start(words: readonly string[]) {
  const child = spawn(process.execPath, [join(program, 'out', 'main', 'cli.js'), ...words], {
    cwd: home,
    env: { ...process.env, ...offline, HOME: home, UNDERSTUDY_HOME: join(home, 'library'), UNDERSTUDY_BACKEND: 'wasm' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...person,
  })
  let output = ''
  let aside = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (aside += text))
  const firstLine = new Promise<string>((tell) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('\n')) tell(output.split('\n')[0])
    })
  })
  const ended = new Promise<{ code: number | null; output: string; aside: string }>((settle) =>
    child.on('close', (code) => settle({ code, output, aside })),
  )
  return { child, firstLine, ended }
}

test('a song is made, a stem brought in, converted and exported by the built program, by somebody without rights', async ({
  skip,
}) => {
  if (!existsSync(program)) return skip('the program is not built')
  for (const words of [
    ['project', 'new', `${NAME}.understudy`],
    ['project', 'import', `${NAME}.understudy`, 'lead 보컬.wav'],
    ['convert', 'lead 보컬.wav', '--singer', 'Alba', '--out', '변환 (1).wav'],
  ]) {
    const { code, aside } = await start(words).ended
    expect([code, code === 0 ? '' : aside], words.join(' ')).toEqual([0, ''])
  }
  expect(readdirSync(home)).toEqual(expect.arrayContaining([`${NAME}.understudy`, '변환 (1).wav']))
})

test('the host of the built program serves its page and opens that song', async ({ skip }) => {
  if (!existsSync(program)) return skip('the program is not built')
  const { child, firstLine, ended } = start(['serve'])
  const url = new URL(await Promise.race([firstLine, ended.then(({ aside }) => Promise.reject(new Error(aside)))]))
  const page = await fetch(url.origin)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const socket = new WebSocket(`ws://${url.host}/socket`, { origin: url.origin })
  const path = join(home, `${NAME}.understudy`)
  const answer = new Promise<unknown>((settle, reject) => {
    socket.on('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ kind: 'hello', token: url.hash.slice('#token='.length) })))
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { kind: string } // the server's own
      if (message.kind === 'welcome')
        socket.send(JSON.stringify({ kind: 'call', callId: 1, name: 'project:open', request: { path } }))
      if (message.kind === 'answer' || message.kind === 'refusal') settle(message)
    })
  })
  const opened = JSON.stringify(await answer)
  expect(opened).toContain('"kind":"answer"')
  expect(opened).toContain('lead 보컬')
  socket.close()
  child.kill('SIGTERM')
  await ended
})

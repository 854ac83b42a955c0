import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sourceFiles, sourceRoot } from './imports.ts'

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')
const textOf = (file: string) => withoutComments(readFileSync(join(sourceRoot, file), 'utf8'))

/** Modules that can open a connection, or be one's other end; and who may have them, with what for. */
const connecting =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|inspector)(\/|$)|^(ws|undici|node-fetch|axios|ioredis|bullmq)$|^@aws-sdk\//
const connected: Readonly<Record<string, string>> = {
  'main/http': 'the headless host listens on the loopback address',
  'main/compute/engines/page-line.ts': 'a worker listens on the loopback address for its own page',
  'main/farm/bull': 'the queue that a person names',
  'main/farm/store': 'the object store that a person names',
}
/** Who asks an address; all of it is the program’s own but the one installer that a person starts. */
const askers: Readonly<Record<string, string>> = {
  'main/compute/native': 'the native engine, when a person asks for it',
  'renderer/hosts': 'the page asks the host that it came from',
  'renderer/audio': 'the page reads its own files and the sound that its host gave it',
  'renderer/compute': 'a worker’s page calls its worker back',
}
const isIn = (file: string, places: Readonly<Record<string, string>>) =>
  Object.keys(places).some((place) => file === place || file.startsWith(`${place}/`))

test('nothing but the host, a worker’s page, a named queue and a named object store has a module that connects, and types are no connection', () => {
  const found = sourceFiles()
    .flatMap(importsOf)
    .filter(({ target, isPackage, isTypeOnly }) => isPackage && !isTypeOnly && connecting.test(target))
    .filter(({ file }) => !isIn(file, connected))
  expect(found.map(({ file, target }) => `${file}: ${target}`)).toEqual([])
})

test('nothing asks an address but the installer of the native engine and the page its own host: no telemetry', () => {
  const asking =
    /(?<!#)\bfetch\(|new (WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|WebTransport)\(|sendBeacon\(/
  const found = sourceFiles().filter((file) => asking.test(textOf(file)) && !isIn(file, askers))
  expect(found).toEqual([])
})

test('the object store’s client is loaded when a store is opened, and by no start', () => {
  const found = sourceFiles().filter((file) => /^(import|export) (?!type )[^;\n]*['"]@aws-sdk\//m.test(textOf(file)))
  expect(found).toEqual([])
})

test('the queue’s client is loaded when there is work for others, and by no start', () => {
  const doors = ['main/farm/farm.ts', 'main/working-machine.ts']
  const throughOthers = sourceFiles()
    .flatMap(importsOf)
    .filter(({ target, isTypeOnly, isDynamic }) => doors.includes(target) && !isTypeOnly && !isDynamic)
  expect(throughOthers.map(({ file, target }) => `${file}: ${target}`)).toEqual([])
})

test('the program’s own listeners name the loopback address', () => {
  const calls = sourceFiles()
    .filter((file) => file.startsWith('main/'))
    .flatMap((file) => [...textOf(file).matchAll(/\.listen\(([^)]*)/g)].map((match) => `${file}: ${match[1]}`))
  expect(calls.length).toBeGreaterThan(1)
  expect(calls.filter((call) => !call.includes("'127.0.0.1'"))).toEqual([])
})

test('addresses of the world outside stand where a person opens them, or where the installer fetches from, and nowhere else', () => {
  const known = [
    /^main\/compute\/native\//,
    /^main\/desktop\/security\.ts$/,
    /^renderer\/messages\//,
    /^main\/report\//,
  ]
  const found = sourceFiles().flatMap((file) =>
    [...textOf(file).matchAll(/https?:\/\/(?!127\.0\.0\.1|localhost|\$\{)([\w.-]+)/g)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  )
  expect(found.filter((line) => !known.some((place) => place.test(line)) && !/w3\.org/.test(line))).toEqual([])
})

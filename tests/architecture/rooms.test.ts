import { expect, test } from 'vitest'
import { importsOf, sourceFiles, type Import } from './imports.ts'

/**
 * The rooms and their doors. A room imports itself and what its row lists; `T` after a room's name means
 * types only. The longest prefix of a path names its room.
 */
const pure = ['shared/base', 'shared/units']
const rooms: Readonly<Record<string, readonly string[]>> = {
  'shared/base': [],
  'shared/units': ['shared/base'],
  'shared/dsp': ['shared/base', 'shared/units'],
  'shared/world': [...pure, 'shared/dsp', 'shared/kernels'],
  'shared/kernels': ['shared/base', 'shared/dsp'],
  'shared/nn': ['shared/base'],
  'shared/networks': [...pure, 'shared/dsp', 'shared/nn'],
  'shared/sampling': [...pure, 'shared/dsp', 'shared/kernels', 'shared/networks', 'shared/nn T'],
  'shared/training': [...pure, 'shared/dsp', 'shared/nn', 'shared/networks', 'shared/conversion', 'shared/vocoder'],
  'shared/pitch': [...pure, 'shared/dsp', 'shared/kernels', 'shared/world'],
  'shared/vocoder': [...pure, 'shared/dsp', 'shared/world', 'shared/kernels', 'shared/networks'],
  'shared/melody': [...pure, 'shared/dsp', 'shared/project/curve.ts', 'shared/project T'],
  'shared/conversion': [
    ...pure,
    'shared/dsp',
    'shared/melody',
    'shared/world',
    'shared/kernels',
    'shared/networks',
    'shared/vocoder',
    'shared/project/curve.ts',
    'shared/project T',
  ],
  'shared/synthesizer': [...pure, 'shared/dsp'],
  'shared/screening': [...pure, 'shared/dsp'],
  'shared/evaluation': [
    ...pure,
    'shared/dsp',
    'shared/world',
    'shared/conversion',
    'shared/vocoder',
    'shared/networks/source-filter/config.ts',
    'shared/project T',
  ],
  'shared/codecs': [...pure, 'shared/dsp'],
  'shared/watermark': [...pure, 'shared/dsp'],
  'shared/project': [...pure, 'shared/contract T'],
  'shared/formats': [
    ...pure,
    'shared/dsp',
    'shared/project',
    'shared/codecs',
    'shared/networks',
    'shared/sampling/decoder.ts',
    'shared/sampling T',
    'shared/conversion T',
    'shared/vocoder/vocoder-model.ts',
    'shared/vocoder T',
  ],
  'shared/contract': [
    ...pure,
    'shared/project',
    'shared/networks/vocoder-names.ts',
    'shared/conversion T',
    'shared/screening T',
  ],
  'main/preload': ['shared/contract'],
  'main/library': [...pure, 'shared/contract', 'shared/formats', 'shared/project T'],
  'main/files': [
    ...pure,
    'shared/dsp',
    'shared/codecs',
    'shared/watermark',
    'shared/project',
    'shared/formats',
    'shared/contract',
  ],
  'main/farm': ['shared/base', 'shared/contract', 'main/farm/store', 'main/compute', 'main/files'],
  'main/farm/store': ['shared/base', 'shared/contract', 'main/files'],
  'main/watch': [...pure, 'shared/formats', 'shared/contract', 'main/files'],
  'main/compute': ['shared', 'main/files', 'main/page'],
  'main/jobs': [
    'shared/screening',
    'shared/base',
    'shared/units',
    'shared/project',
    'shared/contract',
    'shared/formats',
    'main/compute',
    'main/library',
    'main/files',
    'main/projects',
  ],
  'main/verbs': ['shared', 'main/jobs', 'main/projects', 'main/compute', 'main/library', 'main/files', 'main/watch'],
  'main/page': [],
  'main/projects': [...pure, 'shared/project', 'shared/contract', 'shared/synthesizer', 'main/files'],
  'main/http': ['shared/base', 'shared/contract', 'main/application.ts T', 'main/page'],
  'main/desktop': [
    'shared/base',
    'shared/project',
    'shared/contract',
    'main/application.ts T',
    'main/page',
    'main/compute T',
  ],
  'main/commands': [
    'shared',
    'main/application.ts',
    'main/browser.ts',
    'main/working-machine.ts',
    'main/farm/farm-address.ts',
    'main/compute',
    'main/files',
    'main/projects',
    'main/diagnosis',
    'main/evaluation',
    'main/report',
    'main/http',
  ],
  'main/diagnosis': ['shared/base', 'main/library', 'main/preflight.ts'],
  'main/evaluation': ['shared', 'main/files', 'main/compute'],
  'main/report': ['shared'],
  main: ['shared', 'main'],
  'renderer/messages': [
    ...pure,
    'shared/contract/preferences.ts',
    'shared/contract/told.ts',
    'shared/contract T',
    'shared/screening T',
  ],
  'renderer/ui': [...pure, 'shared/contract T', 'renderer/icons', 'renderer/messages'],
  'renderer/icons': [],
  'renderer/audio': [
    ...pure,
    'renderer/messages',
    'shared/dsp',
    'shared/formats',
    'shared/project',
    'shared/contract T',
  ],
  'renderer/state': [
    ...pure,
    'shared/dsp',
    'shared/project',
    'shared/contract',
    'shared/conversion/automatic-transposition.ts',
    'shared/screening T',
    'renderer/audio',
    'renderer/bridge.ts',
    'renderer/messages',
  ],
  'renderer/timeline': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/transport-bar': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/start': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/farm',
    'renderer/context.ts',
  ],
  'renderer/farm': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/browser': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/inspector': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/training': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/export': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/dock': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/audio T',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
    'renderer/region-editor',
  ],
  'renderer/region-editor': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/audio/float-wav.ts',
    'renderer/timeline/gestures',
    'renderer/timeline/paint',
    'renderer/timeline/TimelineUi.svelte.ts',
    'renderer/inspector/TimbreTable.svelte',
    'renderer/ui',
    'renderer/icons',
    'renderer/context.ts',
  ],
  'renderer/dialogs': [
    'shared',
    'renderer/messages',
    'renderer/state',
    'renderer/ui',
    'renderer/icons',
    'renderer/farm',
    'renderer/context.ts',
  ],
  'renderer/compute': ['shared'],
  renderer: ['shared', 'renderer'],
}

/** The log, and where things lie: what every room of main may ask for. */
const everywhereInMain = ['main/logger.ts', 'main/paths.ts']

/** Packages that only one place may use. */
const packageDoors: Readonly<Record<string, readonly string[]>> = {
  electron: ['main/desktop', 'main/index.ts', 'main/preload'],
  'better-sqlite3': ['main/library'],
  '@tensorflow/tfjs-core': ['shared/nn', 'shared/networks', 'shared/training', 'main/compute', 'renderer/compute'],
  '@tensorflow/tfjs-backend-webgpu': ['shared/nn/webgpu-backend.ts'],
  '@tensorflow/tfjs-backend-wasm': ['main/compute'],
  '@tensorflow/tfjs-backend-cpu': ['main/compute'],
  '@tensorflow/tfjs-node-gpu': ['main/compute'],
  tone: ['renderer/audio'],
  chokidar: ['main/watch'],
  '@audio/decode-flac': ['main/files'],
  '@audio/decode-mp3': ['main/files'],
  '@audio/decode-opus': ['main/files'],
  '@audio/decode-vorbis': ['main/files'],
  '@aws-sdk/client-s3': ['main/farm/store'],
  bullmq: ['main/farm'],
  ioredis: ['main/farm'],
  svelte: ['renderer'],
}

const isIn = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const roomOf = (path: string): string | undefined =>
  Object.keys(rooms)
    .filter((room) => isIn(path, room))
    .sort((a, b) => b.length - a.length)[0]

function crossings(found: Import): string[] {
  const room = roomOf(found.file)
  if (room === undefined)
    return [`${found.file} is in no room; give its folder a row in tests/architecture/rooms.test.ts`]
  if (found.isPackage) return packageCrossings(found)
  if (isIn(found.target, room) && room !== 'main' && room !== 'renderer') return []
  if (room.startsWith('main') && everywhereInMain.some((allowed) => found.target === allowed)) return []
  const door = rooms[room].find((allowed) => isIn(found.target, allowed.replace(/ T$/, '')))
  if (door === undefined)
    return [`${found.file} in ${room} may not import ${found.target}; its doors: ${rooms[room].join(', ') || 'none'}`]
  if (door.endsWith(' T') && !found.isTypeOnly)
    return [`${found.file} in ${room} may import only types from ${found.target}`]
  return []
}

function packageCrossings(found: Import): string[] {
  const owner = Object.keys(packageDoors).find((name) => found.target === name || found.target.startsWith(`${name}/`))
  if (owner && !packageDoors[owner].some((door) => isIn(found.file, door))) {
    return [`${found.file} may not import ${found.target}; only ${packageDoors[owner].join(', ')} may`]
  }
  // The kernels' compiler is a build tool that lives beside what it builds.
  const isBuildTool = found.file === 'shared/kernels/build.ts'
  if (found.file.startsWith('shared/') && found.target.startsWith('node:') && !isBuildTool)
    return [`${found.file} is pure and may not import ${found.target}`]
  if (found.file.startsWith('renderer/') && found.target.startsWith('node:'))
    return [`${found.file} runs in the window and has no ${found.target}`]
  return []
}

test('every import goes through a door', () => {
  expect(sourceFiles().flatMap(importsOf).flatMap(crossings)).toEqual([])
})

test('main and renderer never import each other', () => {
  const across = sourceFiles()
    .flatMap(importsOf)
    .filter(
      (found) =>
        (found.file.startsWith('main/') && found.target.startsWith('renderer/')) ||
        (found.file.startsWith('renderer/') && found.target.startsWith('main/')),
    )
  expect(across).toEqual([])
})

test('no file imports itself by way of others, not even for a type', () => {
  const graph = new Map(
    sourceFiles().map((file) => [
      file,
      importsOf(file)
        .filter((found) => !found.isPackage && found.target !== file) // a component may hold itself
        .map((found) => found.target),
    ]),
  )
  const state = new Map<string, 'open' | 'closed'>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'closed') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const target of graph.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'closed')
  }
  for (const file of graph.keys()) visit(file, [])
  expect(cycles).toEqual([])
})

import * as fs from 'node:fs'
import { basename } from 'node:path'
import type { Random } from '../../../src/shared/base/random.ts'
import { databasePath } from '../../../src/main/library/database.ts'
import type { Stage } from '../stage.ts'
import type { Fault } from './fault.ts'

const PAGE_BYTES = 4096

const noise = (random: Random, count: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: count }, () => random.integer(256)))

/** As a bad disk does it: a page of nothing, a page of something else, or some bytes of it. */
const damages = {
  zeros: () => Buffer.alloc(PAGE_BYTES),
  noise: (random: Random) => noise(random, PAGE_BYTES),
  'some bytes': (random: Random) => noise(random, 16),
} as const

function spoilPage(path: string, random: Random): string {
  const pageCount = Math.floor(fs.statSync(path).size / PAGE_BYTES)
  if (pageCount === 0) return 'an empty file'
  const names = Object.keys(damages) as (keyof typeof damages)[]
  const name = names[random.integer(names.length)]
  const bytes = damages[name](random)
  const page = random.integer(pageCount)
  const at = page * PAGE_BYTES + random.integer(PAGE_BYTES - bytes.length + 1)
  const descriptor = fs.openSync(path, 'r+')
  fs.writeSync(descriptor, bytes, 0, bytes.length, at)
  fs.closeSync(descriptor)
  return `${name} in page ${page + 1} of ${pageCount}`
}

/** Of its two files, whichever holds anything to speak of. */
function spoilOne(stage: Stage, random: Random): string {
  const paths = ['', '-wal'].map((ending) => libraryOf(stage) + ending)
  const filled = paths.filter((path) => (fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0) > PAGE_BYTES)
  const path = filled.length === 0 ? paths[0] : filled[random.integer(filled.length)]
  return `${spoilPage(path, random)} of ${basename(path)}`
}

const libraryOf = (stage: Stage): string => databasePath(stage.paths.homeFolder)

export const librarySpoiledClosed: Fault = {
  kind: 'library-spoiled-closed',
  what: 'a page of the library is corrupted while no host is up',
  async inject(stage, random) {
    const way = random.uniform() < 0.5 ? 'kill' : 'close'
    await stage.end(way)
    return { detail: `${way}, ${spoilOne(stage, random)}`, spoiled: 'library' }
  },
}

export const librarySpoiledOpen: Fault = {
  kind: 'library-spoiled-open',
  what: 'a page of the library is corrupted while the host works with it, which is then started again',
  async inject(stage, random) {
    const detail = spoilOne(stage, random)
    return {
      detail,
      spoiled: 'library',
      undo: () => stage.end(random.uniform() < 0.5 ? 'kill' : 'close'),
    }
  },
}

export const walSpoiled: Fault = {
  kind: 'wal-spoiled',
  what: 'the host is killed and the library’s write-ahead log corrupted',
  async inject(stage, random) {
    await stage.end('kill')
    const path = `${libraryOf(stage)}-wal`
    if (!fs.existsSync(path)) return { detail: 'there was none' }
    return { detail: spoilPage(path, random), spoiled: 'library' }
  },
}

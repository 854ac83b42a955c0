import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readProjectFile, readNewerProjectFile, writeProjectFile } from '../../../src/main/files/project-file.ts'
import { createRecoveryStore } from '../../../src/main/files/recovery.ts'
import { parseNewerProject, parseProject } from '../../../src/shared/project/parse.ts'
import { encodeSessionMetadata, encodeSessionXml } from '../../../src/shared/formats/dawproject/project-xml.ts'
import { encodeIxml } from '../../../src/shared/formats/wav/ixml.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { nowPerformance } from './sample-requests.ts'
import { smallSong } from '../../support/documents.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varyJsonBytes } from '../structures/json-value.ts'
import { valueOrFailure } from './outcomes.ts'

/** A song with everything that a document may hold. */
function richSong(): unknown {
  const song = smallSong()
  const render = { key: 'b'.repeat(64), sourceStartSamples: 0, durationSamples: 200_000, performance: nowPerformance, singerDigest: 'c'.repeat(64), semitones: 2 } // prettier-ignore
  const regions = Object.fromEntries(
    Object.entries(song.regions).map(([id, region]) => [
      id,
      {
        ...region,
        performance: nowPerformance,
        render,
        takes: [{ number: 1, render, isStarred: true }],
        comp: [{ startSamples: 0, takeNumber: 1 }],
      },
    ]),
  )
  return { ...song, regions, markers: [{ id: 'm1', name: 'Chorus', atSamples: 5 }] }
}

function firstVersion(): unknown {
  const { tempoMap: _tempoMap, markers: _markers, ...song } = smallSong()
  return { ...song, version: 1, tempo: { bpm: 120, beatsPerBar: 4, beatUnit: 4 } }
}

const seeds = (): readonly Uint8Array[] =>
  [richSong(), smallSong(), firstVersion(), { ...smallSong(), version: 9, news: { a: 1 } }].map((song) =>
    encodeUtf8(JSON.stringify(song)),
  )
const CODES = ['project-invalid', 'project-newer'] as const
const words = [
  '"version":1',
  '"version":2',
  '"version":99',
  '"regions":{',
  '"takes":[',
  'null',
  '1e999',
  '"__proto__":',
]

export const project: FuzzTarget = {
  name: 'project',
  reads: 'project documents of every version, newer ones too',
  promise: 'gives a document that is written and read as the same, or refuses with a code',
  share: 20,
  memoryCapMb: 1000,
  open: () => ({
    seeds: seeds(),
    largestBytes: 1 << 18,
    words,
    vary: varyJsonBytes,
    take(input) {
      const value = parsedJson(input)
      valueOrFailure(parseNewerProject(value), CODES)
      const document = valueOrFailure(parseProject(value), CODES)
      if (document === null) return
      const text = JSON.stringify(document)
      const again = parseProject(JSON.parse(text))
      promised(again.ok && JSON.stringify(again.value) === text, 'is another document when it is saved and opened')
    },
  }),
}

export const projectFile: FuzzTarget = {
  name: 'project-file',
  reads: 'project files and autosaved copies on the disk',
  promise:
    'opens or is refused with a code; damaged autosaves are left out of the list; nothing is written beside them',
  share: 6,
  memoryCapMb: 1000,
  writes: true,
  open(folder) {
    const path = join(folder, 'Song.understudy')
    writeProjectFile(path, smallSong())
    const store = createRecoveryStore(folder)
    const entry = {
      format: 'understudy-recovery',
      version: 1,
      savedPath: null,
      mediaFolder: folder,
      autosavedAtMs: 5,
      editCount: 1,
    }
    return {
      seeds: [...seeds(), encodeUtf8(JSON.stringify({ ...entry, document: smallSong() }))],
      largestBytes: 1 << 17,
      words,
      vary: varyJsonBytes,
      take(input) {
        writeFileSync(path, input)
        writeFileSync(join(folder, 'p1.json'), input)
        valueOrFailure(readProjectFile(path), CODES)
        valueOrFailure(readNewerProjectFile(path), CODES)
        valueOrFailure(store.read('p1' as never), CODES)
        store.list()
        const names = readdirSync(folder)
        promised(names.length === 2, `leaves ${names.join(', ')}`)
      },
      close: () => rmSync(path),
    }
  },
}

function parsedJson(input: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(input))
  } catch {
    return null
  }
}

/** What XML 1.0 lets stand in a document. */
const legal = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

export const writtenXml: FuzzTarget = {
  name: 'written-xml',
  reads: 'names and notes of people on their way into DAWproject and iXML (the program reads neither)',
  promise: 'writes well-formed XML whatever it is called',
  share: 40,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [encodeUtf8('Paper Lanterns'), encodeUtf8('a < b & "c" ]]> \u0007 \ufffe')],
    largestBytes: 4000,
    words: ['<', '&', ']]>', '"', "'", '\u0000', '\ufffe', '\uffff', '\ud800', '&#0;', '<!--', '\r'],
    take(input) {
      const name = new TextDecoder('utf-16le').decode(input.length % 2 ? input.subarray(1) : input) + decodeUtf8(input)
      const { tempoMap, rateHz, markers } = smallSong()
      const track = { name, gainDb: 0, pan: 0, isMuted: false, isSoloed: false, clips: [] }
      const session = {
        name,
        application: { name, version: name },
        notice: name,
        rateHz,
        tempoMap,
        tracks: [track],
        markers: [...markers, { name, atSamples: 1 }],
      }
      const sound = {
        title: name,
        singers: [name],
        notice: name,
        software: name,
        engine: name,
        createdAt: '',
        timeReferenceSamples: 0,
      }
      for (const text of [encodeSessionXml(session), encodeSessionMetadata(session), decodeUtf8(encodeIxml(sound))])
        requireWellFormed(text)
    },
  }),
}

/** Tags that close as they open, and nothing between them that is markup or no character of XML. */
function requireWellFormed(text: string): void {
  promised(legal.test(new TextDecoder().decode(new TextEncoder().encode(text))), 'holds characters that XML has not')
  const open: string[] = []
  const body = text.replace(/^<\?xml[^>]*\?>/, '')
  const rest = body.replace(
    /<(\/?)([A-Za-z_]+)((?: [A-Za-z]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)(\/?)>/g,
    (_whole, closes: string, name: string, _attributes, empty: string) => {
      if (closes) promised(open.pop() === name, `closes ${name} where it is not open`)
      else if (!empty) open.push(name)
      return ''
    },
  )
  promised(open.length === 0, 'leaves elements open')
  promised(!/<|&(?!(?:amp|lt|gt|quot|apos);)/.test(rest), 'holds markup that nobody wrote')
}

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'
import { backupPathOf, mediaFolderOf } from '../../../src/main/files/project-file.ts'
import { freePath } from '../../../src/main/files/free-path.ts'
import { temporaryPathBeside } from '../../../src/main/files/atomic-write.ts'
import { nameExports, safeName } from '../../../src/shared/project/export-names.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { hostileText } from '../structures/hostile-text.ts'

/** Why a name is no name of a file on some system; null where it is on all. */
export function faultOfName(name: string): string | null {
  if (name === '' || name === '.' || name === '..') return 'is no name'
  if (/[\u0000-\u001f\u007f-\u009f"*/:<>?\\|]/.test(name)) return 'holds what a system forbids'
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/.test(name)) return 'reads otherwise than it is'
  if (!name.isWellFormed()) return 'holds half a character'
  if (/[. ]$/.test(name) || /^ /.test(name)) return 'ends in what Windows drops'
  if (/^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(\.|$)/i.test(name)) return 'is a device of Windows'
  if (Buffer.byteLength(name) > 255 - 24) return 'is too long beside a file that grows'
  return null
}

export const fileNames: FuzzTarget = {
  name: 'file-names',
  reads: 'names of songs, tracks, singers and regions on their way to names of files',
  promise: 'each is one legal name on every system, no two are the same there, and it stays in its folder',
  share: 60,
  memoryCapMb: 1000,
  writes: true,
  open(folder) {
    const place = join(folder, 'exports')
    mkdirSync(place)
    let count = 0
    return {
      seeds: ['Paper Lanterns\0Lead\0Mira\0Verse', '{song} – {track}\0a\0b\0c', '../x\0con\0nul.txt\0a/b'].map(
        encodeUtf8,
      ),
      largestBytes: 3000,
      words: [
        '{song}',
        '{track}',
        '{singer}',
        '{region}',
        '{bpm}',
        '{constructor}',
        '/',
        '..',
        'con',
        '\u202e',
        ' ',
        '.',
      ],
      vary: (input, random) => {
        const words = decodeUtf8(input).split('\0')
        words[random.integer(words.length)] = hostileText(random).replaceAll('\0', '')
        return encodeUtf8(words.join('\0').toWellFormed())
      },
      take(input) {
        const [song = '', track = '', singer = '', region = ''] = decodeUtf8(input).split('\0')
        const words = { song, track, singer, region, bpm: '120' }
        const names = nameExports(song, [words, { ...words, track: singer }, { ...words, track: region }], 'wav')
        for (const name of [...names, `${safeName(track)}.dawproject`]) {
          const fault = faultOfName(name)
          promised(fault === null, `“${name}” ${fault}`)
          const path = resolve(place, name)
          promised(
            path.startsWith(place + sep) && dirname(path) === place && basename(path) === name,
            `${name} leaves its folder`,
          )
        }
        // Systems that ignore case, or compose letters, see one name.
        promised(
          new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size === names.length,
          `${names.join(', ')} are not different everywhere`,
        )
        const free = freePath(join(place, names[0]))
        promised(dirname(free) === place && extname(free) === '.wav', `a free name is ${free}`)
        for (const path of [mediaFolderOf(free), backupPathOf(free), temporaryPathBeside(free)])
          promised(dirname(path) === place, `${path} leaves its folder`)
        // Now and then for the disk's own opinion.
        if (count++ % 50 === 0) {
          writeFileSync(free, '')
          promised(readdirSync(place).length === 1, 'wrote elsewhere')
          rmSync(free)
        }
      },
    }
  },
}

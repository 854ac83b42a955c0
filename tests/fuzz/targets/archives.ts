import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync, lstatSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { findWheelAddress, nvidiaTarget, tensorflowTarget } from '../../../src/main/compute/native/native-recipe.ts'
import { unpackZip } from '../../../src/main/compute/native/unpack-zip.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { hostileText } from '../structures/hostile-text.ts'
import { entryOf, varyZip, writeZip } from '../structures/zip-archive.ts'
import { faultOfName } from './names.ts'
import { refusedWith } from './outcomes.ts'

const MOST_BYTES = 1 << 20

export const wheelArchive: FuzzTarget = {
  name: 'wheel-archive',
  reads: 'wheels of the native engine: names of entries, links, sizes, bombs',
  promise: 'unpacks under its folder, as plain files, no more than it may; or refuses with a code',
  share: 4,
  memoryCapMb: 1000,
  writes: true,
  open(folder) {
    const path = join(folder, 'wheel.whl')
    const place = join(folder, 'deps')
    return {
      seeds: [
        writeZip([
          entryOf('tensorflow/libtensorflow_cc.so.2', 'library'),
          entryOf('tensorflow/include/tensorflow/c/c_api.h', 'header'),
        ]),
        writeZip([
          entryOf('nvidia/cublas/lib/libcublas.so.12', 'x'.repeat(500)),
          entryOf('nvidia_cublas_cu12-1.dist-info/License.txt', 'terms'),
        ]),
        writeZip([entryOf('../../up.so', 'x'), entryOf('/etc/up', 'x'), entryOf('a/link', '../../x', 0o120777)]),
      ],
      largestBytes: 1 << 17,
      words: ['PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006', '../', 'nvidia/x/lib/a.so', 'con.so'],
      vary: varyZip,
      async take(input) {
        writeFileSync(path, input)
        mkdirSync(place)
        try {
          const targetOf = (name: string): string | null => {
            const target = tensorflowTarget(name) ?? nvidiaTarget(name)
            return target === null ? null : join(place, target)
          }
          await refusedWith(['engine-unavailable'], () => unpackZip(path, targetOf, MOST_BYTES, () => {}))
          let bytes = 0
          for (const name of readdirSync(place, { recursive: true }).map(String)) {
            const file = join(place, name)
            promised(resolve(file).startsWith(place + sep), `${name} left its folder`)
            promised(!lstatSync(file).isSymbolicLink(), `${name} is a link`)
            for (const part of name.split(sep)) promised(faultOfName(part) === null, `“${part}” ${faultOfName(part)}`)
            if (statSync(file).isFile()) bytes += statSync(file).size
          }
          promised(bytes <= MOST_BYTES, `unpacked ${bytes} bytes`)
        } finally {
          rmSync(place, { recursive: true, force: true })
        }
      },
    }
  },
}

const WHEEL = 'tensorflow-2.18.1-cp311.whl'

export const indexPage: FuzzTarget = {
  name: 'index-page',
  reads: 'pages of a Python index, for the address of a wheel',
  promise: 'gives an address that ends in the wheel, or none',
  share: 60,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [
      encodeUtf8(`<a href="../../packages/${WHEEL}#sha256=ab">x</a><a href="https://other.example/${WHEEL}">y</a>`),
    ],
    largestBytes: 1 << 16,
    words: ['href="', '%', '%zz', '../', 'http://[', 'javascript:', WHEEL, '&amp;', '"'],
    vary: (input, random) =>
      encodeUtf8(
        decodeUtf8(input)
          .replace(/href="/, `href="${hostileText(random)}"><a href="`)
          .toWellFormed(),
      ),
    take(input) {
      const address = findWheelAddress(decodeUtf8(input), 'https://index.example/simple/tensorflow/', WHEEL)
      promised(
        address === null || decodeURIComponent(new URL(address).pathname).endsWith(`/${WHEEL}`),
        `gives ${address}`,
      )
    },
  }),
}

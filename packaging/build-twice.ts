import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { differences, digestsUnder } from './folder-digest.ts'

/**
 * `npm run build:twice`: builds the program in two folders of different names and compares every byte of `out/`; ends
 * with 1 where one differs. The packages are those installed here, which the lock file pins.
 */
const rootFolder = resolve(import.meta.dirname, '..')
/** All that a build reads. */
const sources = [
  'src',
  'models',
  'packaging',
  'resources',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  // The root's tsconfig names it; nothing else of the tests is read.
  'tests/tsconfig.json',
  'LICENSE',
]

const places = ['first', 'second, farther'].map((name) => join(mkdtempSync(join(tmpdir(), 'understudy-build-')), name))
try {
  const [first, second] = places.map((place) => {
    for (const source of sources) cpSync(join(rootFolder, source), join(place, source), { recursive: true })
    symlinkSync(realpathSync(join(rootFolder, 'node_modules')), join(place, 'node_modules'), 'junction')
    run(place, 'src/shared/kernels/build.ts')
    run(place, 'node_modules/electron-vite/bin/electron-vite.js', 'build')
    run(place, 'packaging/notices.ts')
    return digestsUnder(join(place, 'out'))
  })
  const found = differences(first, second)
  process.stdout.write(`${first.size} files each; ${found.length === 0 ? 'the same bytes' : 'not the same'}\n`)
  if (found.length > 0) {
    process.stderr.write(`${found.join('\n')}\n`)
    process.exitCode = 1
  }
} finally {
  for (const place of places) rmSync(resolve(place, '..'), { recursive: true, force: true })
}

function run(place: string, script: string, ...words: readonly string[]): void {
  execFileSync(process.execPath, [join(place, script), ...words], { cwd: place, stdio: ['ignore', 'ignore', 'pipe'] })
}

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { readBuilderConfiguration } from './builder-configuration.ts'
import { findElectron } from './electron-at-hand.ts'
import { fuseComplaints, readFuseWires } from './fuse-wire.ts'

/**
 * `npm run package:dir` packages the program for this system, unpacked, and reads its fuses back; `npm run package`
 * makes installers, and with `-- --signed` fails where no certificate is. Says what is missing before anything is
 * tried.
 */
const rootFolder = resolve(import.meta.dirname, '..')
const words = process.argv.slice(2)
const description = z
  .object({ version: z.string(), homepage: z.string().optional() })
  .parse(JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8')))

const electron = findElectron({
  rootFolder,
  version: z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(rootFolder, 'node_modules', 'electron', 'package.json'), 'utf8'))).version,
  platform: process.platform,
  architecture: process.arch,
  environment: process.env,
})
const obstacle = electron.found ? obstacleBeside() : electron.sentence
if (obstacle !== null || !electron.found) {
  process.stderr.write(`${obstacle}\n`)
  process.exitCode = 1
} else {
  process.exitCode = packageWith(electron.path)
  if (process.exitCode === 0) process.exitCode = await tellFuses()
}

function obstacleBeside(): string | null {
  if (!existsSync(join(rootFolder, 'out', 'THIRD-PARTY.txt'))) return 'The program is not built: run “npm run build”.'
  const isForDebian = process.platform === 'linux' && !words.includes('--dir')
  if (isForDebian && description.homepage === undefined)
    return 'A deb names the project’s homepage, and package.json has none: add “homepage” to it.'
  return null
}

/** @returns the exit code of electron-builder */
function packageWith(electronPath: string): number {
  const builder = join(rootFolder, 'node_modules', 'electron-builder', 'cli.js')
  const signing = words.includes('--signed') ? ['-c.forceCodeSigning=true', '-c.mac.notarize=true'] : []
  const passed = words.filter((word) => word !== '--signed')
  const options = ['--publish', 'never', `-c.electronDist=${electronPath}`, ...signing, ...passed]
  return spawnSync(process.execPath, [builder, ...options], { cwd: rootFolder, stdio: 'inherit' }).status ?? 1
}

/** Reads the fuses of every packaged binary back: what was asked for is what is in there. */
async function tellFuses(): Promise<number> {
  const { electronFuses, productName } = await readBuilderConfiguration(rootFolder)
  const binaries = packagedBinaries(join(rootFolder, 'dist'), productName)
  if (binaries.length === 0) {
    process.stderr.write('Nothing packaged was found in dist, so that no fuse could be read back.\n')
    return 1
  }
  const complaints = binaries.flatMap((path) => {
    const bytes = readFileSync(path)
    process.stdout.write(`${path}\n${JSON.stringify(readFuseWires(bytes), null, 2)}\n`)
    return fuseComplaints(bytes, electronFuses)
  })
  if (complaints.length > 0) process.stderr.write(`${complaints.join('\n')}\n`)
  return complaints.length > 0 ? 1 : 0
}

/** Where each system's binary lies that holds the fuses; on macOS that is the framework. */
function packagedBinaries(folder: string, productName: string): readonly string[] {
  const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
  return readdirSync(folder)
    .flatMap((place) => [
      join(folder, place, `${productName}.app`, framework),
      join(folder, place, `${productName}.exe`),
      join(folder, place, 'understudy'),
    ])
    .filter((path) => /(-unpacked|[\\/]mac(-\w+)?)[\\/]/.test(path) && existsSync(path))
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openerOf } from './browser.ts'
import { electronBinary } from './electron-binary.ts'
import { installationOf } from './paths.ts'
import { ensureNode } from './preflight.ts'

/** Long enough for a usual line, short enough that nobody waits for a network that isn't there. */
const DOWNLOAD_TIMEOUT_MS = 180_000

const installation = installationOf(import.meta.url)
await ensureNode(installation.rootFolder)
// A machine without a screen has no use for a window of its own.
const hasScreen = openerOf(process.platform, process.env) !== null
const electron = hasScreen ? (electronBinary(installation.rootFolder) ?? fetchElectron()) : null
if (electron !== null) {
  const { status } = spawnSync(electron, [installation.rootFolder, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  const reason = hasScreen ? "Electron's binary is not here and could not be fetched" : 'There is no screen here'
  process.stderr.write(`${reason}; the same window opens in a browser at this address:\n`)
  const { runCommandLine } = await import('./command-line.ts')
  process.exitCode = await runCommandLine(installation, [process.argv[0], process.argv[1], 'serve', '--open'])
}

function fetchElectron(): string | null {
  const installer = join(installation.rootFolder, 'node_modules', 'electron', 'install.js')
  if (!existsSync(installer)) return null
  process.stderr.write("Fetching Electron's binary, once …\n")
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS })
  return electronBinary(installation.rootFolder)
}

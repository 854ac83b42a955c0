import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The library's driver crashes, without a word, in a Node older than this. */
export const OLDEST_NODE = [22, 12] as const
/** Set in the process that runs in the pinned Node, so that it never starts a third. */
const RESTARTED = 'UNDERSTUDY_RESTARTED'

export const isNodeRecent = (version: string): boolean => {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

/** The Node that comes with the package, when it is installed beside it. */
export function pinnedNode(rootFolder: string, platform: string = process.platform): string | null {
  const path = join(rootFolder, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(path) ? path : null
}

/**
 * Goes on when this Node can run the program. Else starts the same command in the pinned Node and ends with its
 * exit code; where there is none, says in one sentence what is missing.
 */
export async function ensureNode(rootFolder: string): Promise<void> {
  if (isNodeRecent(process.versions.node)) return
  const node = process.env[RESTARTED] === undefined ? pinnedNode(rootFolder) : null
  if (node === null) {
    process.stderr.write(
      `Understudy needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Run "npm ci", which brings one along.\n`,
    )
    process.exit(1)
  }
  process.exit(await restartIn(node))
}

function restartIn(node: string): Promise<number> {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, [RESTARTED]: '1' } })
  // Ctrl-C reaches the child by itself, as one of the terminal's; what is sent to this process alone is passed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

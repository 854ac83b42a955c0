import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface ProcessRow {
  readonly pid: number
  readonly parentPid: number
  readonly residentBytes: number
  /** As it was started, with its arguments. */
  readonly command: string
}

/** A process and all that it started, at one moment. Linux and macOS. */
export function processTree(rootPid: number): readonly ProcessRow[] {
  const rows = existsSync('/proc/self/status') ? fromProc() : fromPs()
  const own = new Set([rootPid])
  // Children may stand before their parents in the list.
  for (let found = 0; found !== own.size;) {
    found = own.size
    for (const { pid, parentPid } of rows) if (own.has(parentPid)) own.add(pid)
  }
  return rows.filter(({ pid }) => own.has(pid))
}

/** One that ended and was not yet taken leave of by its parent counts as ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^State:\s*Z/m.test(statusOf(String(pid)) ?? '')
}

function fromProc(): ProcessRow[] {
  const field = (status: string, name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const status = statusOf(name)
    if (status === null) return []
    const residentBytes = field(status, 'VmRSS') * 1024
    return [{ pid: Number(name), parentPid: field(status, 'PPid'), residentBytes, command: commandOf(name) }]
  })
}

/** A process may end while the list is read. */
const statusOf = (pid: string): string | null => readOrNull(`/proc/${pid}/status`)
const commandOf = (pid: string): string => (readOrNull(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim()

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function fromPs(): ProcessRow[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid, parentPid, kilobytes, ...command] = line.trim().split(/\s+/)
    return {
      pid: Number(pid),
      parentPid: Number(parentPid),
      residentBytes: Number(kilobytes) * 1024,
      command: command.join(' '),
    }
  })
}

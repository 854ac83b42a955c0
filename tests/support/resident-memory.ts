import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

interface ProcessRow {
  readonly pid: number
  readonly parentPid: number
  readonly residentBytes: number
}

/** Memory that a process and all that it started hold at this moment, in bytes. Linux and macOS. */
export function residentBytes(rootPid: number): number {
  return descendants(rootPid, processRows()).reduce((sum, row) => sum + row.residentBytes, 0)
}

/** Without the process itself, at one and the same moment. */
export function residentBytesOfChildren(rootPid: number): number {
  const rows = processRows()
  return descendants(rootPid, rows).reduce((sum, row) => sum + (row.pid === rootPid ? 0 : row.residentBytes), 0)
}

const processRows = (): ProcessRow[] => (existsSync('/proc/self/status') ? fromProc() : fromPs())

/** A process and all that it started. */
function descendants(rootPid: number, rows: readonly ProcessRow[]): ProcessRow[] {
  const own = new Set([rootPid])
  // Children may stand before their parents in the list.
  for (let found = 0; found !== own.size;) {
    found = own.size
    for (const { pid, parentPid } of rows) if (own.has(parentPid)) own.add(pid)
  }
  return rows.filter(({ pid }) => own.has(pid))
}

export interface MemoryWatch {
  /** The most that was held at once since the start. */
  stop(): number
}

/** Looks ten times a second. */
export function watchMemory(rootPid: number): MemoryWatch {
  let peakBytes = residentBytes(rootPid)
  const look = () => (peakBytes = Math.max(peakBytes, residentBytes(rootPid)))
  const timer = setInterval(look, 100)
  return {
    stop() {
      clearInterval(timer)
      return look()
    },
  }
}

function fromProc(): ProcessRow[] {
  const field = (status: string, name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const status = statusOf(name)
    if (status === null) return []
    return [{ pid: Number(name), parentPid: field(status, 'PPid'), residentBytes: field(status, 'VmRSS') * 1024 }]
  })
}

/** A process may end while the list is read. */
function statusOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return null
  }
}

function fromPs(): ProcessRow[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid, parentPid, kilobytes] = line.trim().split(/\s+/).map(Number)
    return { pid, parentPid, residentBytes: kilobytes * 1024 }
  })
}

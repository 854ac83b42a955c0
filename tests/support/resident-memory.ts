import { processTree } from './process-tree.ts'

/** Memory that a process and all that it started hold at this moment, in bytes. Linux and macOS. */
export function residentBytes(rootPid: number): number {
  return processTree(rootPid).reduce((sum, row) => sum + row.residentBytes, 0)
}

/** Without the process itself, at one and the same moment. */
export function residentBytesOfChildren(rootPid: number): number {
  return processTree(rootPid).reduce((sum, row) => sum + (row.pid === rootPid ? 0 : row.residentBytes), 0)
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

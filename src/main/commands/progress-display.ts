import type { Job } from '../../shared/contract/jobs.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Terminal } from './terminal.ts'

const BAR_CELLS = 24
/** A pipe gets a line at each of these steps: enough to see it live, few enough to read. */
const LINE_STEP = 0.1

/** Work that is under way, a job or not. */
export type ShownWork = Pick<Job, 'fraction' | 'remainingSec' | 'title' | 'phase'>

export interface ProgressDisplay {
  show(work: ShownWork): void
  /** Leaves the line, so that what follows stands below. */
  end(): void
}

/** A bar that moves on a terminal; plain lines where the output goes into a file or pipe. */
export const createProgressDisplay = (terminal: Terminal): ProgressDisplay =>
  terminal.isInteractive ? bar(terminal) : lines(terminal)

export function progressLine(job: ShownWork): string {
  const percent = `${Math.floor(job.fraction * 100)} %`.padStart(5)
  const remaining = job.remainingSec === null ? '' : `, about ${formatDuration(job.remainingSec)} left`
  return `${percent}  ${job.title}: ${job.phase}${remaining}`
}

function bar(terminal: Terminal): ProgressDisplay {
  let isDrawn = false
  return {
    show(job) {
      const filled = Math.round(job.fraction * BAR_CELLS)
      const cells = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`
      const line = `${cells} ${progressLine(job)}`.slice(0, Math.max(20, terminal.width - 1))
      terminal.writeAside(`\r\u001b[2K${line}`)
      isDrawn = true
    },
    end() {
      if (isDrawn) terminal.writeAside('\r\u001b[2K')
      isDrawn = false
    },
  }
}

function lines(terminal: Terminal): ProgressDisplay {
  let lastStep = -1
  let lastTitle = ''
  return {
    show(job) {
      const step = Math.floor(job.fraction / LINE_STEP)
      if (job.title === lastTitle && step <= lastStep) return
      lastStep = step
      lastTitle = job.title
      terminal.writeAside(`${progressLine(job)}\n`)
    },
    end: () => {},
  }
}

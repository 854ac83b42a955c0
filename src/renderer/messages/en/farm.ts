import { plural } from '../plural.ts'

export const farm = {
  otherMachines: 'Other machines',
  canHelp: 'Other machines can work for this one: see “Other machines” in the README.',
  show: 'Show',

  // farm-words
  notReached: 'They can’t be asked',
  noMachine: 'No machine works here yet',
  noneOfThisVersion: 'No machine has this version',
  allWait: (count: number) => plural(count, 'One machine waits for work', `${count} machines wait for work`),
  someWork: (busyCount: number, count: number) =>
    count === 1
      ? 'One machine works'
      : plural(busyCount, `One of ${count} machines works`, `${busyCount} of ${count} machines work`),
  acts: {
    converts: (percent: number) => `converts, ${percent} %`,
    trains: (percent: number) => `trains, ${percent} %`,
  },
  waits: 'waits',
  threads: (count: number) => `${count} ${plural(count, 'thread', 'threads')}`,
  speed: (factor: string) => `${factor}× real time`,
  countsOf: (doneCount: number, failedCount: number) =>
    doneCount + failedCount === 0
      ? 'nothing done yet'
      : failedCount === 0
        ? `${doneCount} done`
        : `${doneCount} done, ${failedCount} failed`,
  version: (version: string) => `version ${version}`,

  // FarmView
  queue: 'Queue',
  store: 'Sounds',
  waiting: 'waiting',
  workedOn: 'in work',
  done: 'done',
  failed: 'failed',
  doneLately: 'done lately',
  failedLately: 'failed lately',

  // WorkerRow
  otherVersion: (version: string) => `Version ${version}: takes nothing from here.`,
  progressOf: {
    converts: (machine: string) => `${machine} converts`,
    trains: (machine: string) => `${machine} trains`,
  },

  // AddMachine
  addMachine: 'Add a machine',
  startThere: 'Install the same version on another machine, and start there:',
  copyCommand: 'Copy the command',
  commandNotCopied: 'The command was not copied',
  commandInClipboard: 'The command is in the clipboard.',
  ownAddress: (address: string) => `In place of ${address}, give this machine’s name in the network.`,
  passwords: 'Passwords are not shown: add them where the queue or the store asks for one.',

  // FarmFailures
  failures: 'Failures',
  failedOn: (machine: string) => `A task failed on ${machine}`,
  failedSomewhere: 'A task failed',
  somewhere: 'machine not known',
  showAll: (count: number) => `Show all ${count}`,
  showFewer: 'Show fewer',

  // FarmTrouble
  notAsked: 'The other machines were not asked',
  tryAgain: 'Try again',
  trying: 'Trying…',

  // farm-news
  reachedAgain: 'The other machines can be asked again.',
  joined: (count: number, machine: string) => plural(count, `${machine} works here now.`, `${count} machines joined.`),
  left: (count: number, machine: string) => plural(count, `${machine} is gone.`, `${count} machines are gone.`),
  countFailed: (count: number) =>
    plural(count, 'A task failed on another machine.', `${count} tasks failed on other machines.`),
}

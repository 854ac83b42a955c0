import type { Translation } from '../catalog.ts'
import type { farm as english } from '../en/farm.ts'
import { withParticle } from '../korean-particles.ts'

export const farm = {
  otherMachines: '다른 컴퓨터',
  canHelp: '다른 컴퓨터에 작업을 맡길 수 있습니다. README의 “Other machines”를 참고하세요.',
  show: '표시',

  // farm-words
  notReached: '연결할 수 없음',
  noMachine: '아직 작업하는 컴퓨터가 없음',
  noneOfThisVersion: '이 버전을 쓰는 컴퓨터가 없음',
  allWait: (count) => `컴퓨터 ${count}대가 작업을 기다리는 중`,
  someWork: (busyCount, count) => `컴퓨터 ${count}대 중 ${busyCount}대가 작업 중`,
  acts: {
    converts: (percent) => `변환 중, ${percent} %`,
    trains: (percent) => `학습 중, ${percent} %`,
  },
  waits: '대기 중',
  threads: (count) => `스레드 ${count}개`,
  speed: (factor) => `실시간의 ${factor}배`,
  countsOf: (doneCount, failedCount) =>
    doneCount + failedCount === 0
      ? '아직 완료한 작업 없음'
      : failedCount === 0
        ? `${doneCount}개 완료`
        : `${doneCount}개 완료, ${failedCount}개 실패`,
  version: (version) => `버전 ${version}`,

  // FarmView
  queue: '대기열',
  store: '공유 저장소',
  waiting: '대기',
  workedOn: '작업 중',
  done: '완료',
  failed: '실패',
  doneLately: '최근 완료',
  failedLately: '최근 실패',

  // WorkerRow
  otherVersion: (version) => `버전 ${version}: 여기서는 작업을 가져가지 않습니다.`,
  progressOf: {
    converts: (machine) => `${machine} 변환 중`,
    trains: (machine) => `${machine} 학습 중`,
  },

  // AddMachine
  addMachine: '컴퓨터 추가',
  startThere: '다른 컴퓨터에 같은 버전을 설치하고 다음 명령을 실행하세요.',
  copyCommand: '명령 복사',
  commandNotCopied: '명령을 복사하지 못했습니다',
  commandInClipboard: '명령을 클립보드에 복사했습니다.',
  ownAddress: (address) => `${address} 대신 이 컴퓨터의 네트워크 이름을 쓰세요.`,
  passwords: '암호는 표시하지 않습니다. 대기열이나 공유 저장소에 암호가 필요하면 직접 추가하세요.',

  // FarmFailures
  failures: '실패',
  failedOn: (machine) => `${machine}에서 작업이 실패했습니다`,
  failedSomewhere: '작업이 실패했습니다',
  somewhere: '알 수 없는 컴퓨터',
  showAll: (count) => `${count}개 모두 표시`,
  showFewer: '간단히 표시',

  // FarmTrouble
  notAsked: '다른 컴퓨터의 상태를 확인하지 못했습니다',
  tryAgain: '다시 시도',
  trying: '시도하는 중…',

  // farm-news
  reachedAgain: '다른 컴퓨터와 다시 연결되었습니다.',
  joined: (count, machine) =>
    count === 1 ? `${withParticle(machine, '이/가')} 작업에 참여했습니다.` : `컴퓨터 ${count}대가 작업에 참여했습니다.`,
  left: (count, machine) =>
    count === 1 ? `${withParticle(machine, '이/가')} 떠났습니다.` : `컴퓨터 ${count}대가 떠났습니다.`,
  countFailed: (count) => `다른 컴퓨터에서 작업 ${count}개가 실패했습니다.`,
} satisfies Translation<typeof english>

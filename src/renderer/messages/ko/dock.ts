import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { dock as english } from '../en/dock.ts'

export const dock = {
  // Dock
  regionEditor: '리전 편집기',
  mixer: '믹서',
  jobs: '작업',
  history: '작업 기록',

  // EngineBanner
  notTriedAgain: '다시 시도하지 못했습니다',
  stopped: (title) => `${withParticle(title, '이/가')} 중단되었습니다.`,
  songPlaysOn: (waiting) =>
    `곡은 그대로이며 이전처럼 재생됩니다${waiting > 0 ? `. 리전 ${waiting}개가 대기 중입니다` : ''}.`,
  stoppedTitle: (title) => `${title}: 중단됨`,
  details: '세부 정보',
  tryAgain: '다시 시도',
  dismiss: '닫기',

  // Footer
  editor: '편집기',
  notSaved: '저장되지 않음',
  edited: '편집됨',
  noChanges: '변경 사항 없음',
  saved: (time) => `${time}에 저장됨`,
  status: '상태',
  notUpToDate: (count) => `최신 상태가 아닌 리전 ${count}개`,
  convert: '변환',
  engine: '엔진',
  none: '없음',
  free: (bytes) => `여유 ⟦${bytes}⟧`,

  // HistoryPanel
  asOpened: '처음 연 상태',
  countSteps: (count) => `${count}단계`,
  steps: '단계',
  takenBack: (label) => `${label}, 취소됨`,

  // JobActs
  tryAgainOf: (title) => `다시 시도: ${title}`,
  whatItMeans: (title) => `무슨 뜻인가요: ${title}`,
  show: (name) => `${name} 표시`,
  showIt: '표시',
  earlier: (title) => `앞으로: ${title}`,
  notMoved: '옮기지 못했습니다',
  later: (title) => `뒤로: ${title}`,
  pause: (title) => `일시 정지: ${title}`,
  notPaused: '일시 정지하지 못했습니다',
  resume: (title) => `계속: ${title}`,
  didNotGoOn: '계속하지 못했습니다',
  cancel: (title) => `취소: ${title}`,
  notCanceled: '취소하지 못했습니다',

  // JobRow
  inLine: (place) => `${place}번째 대기`,
  canceled: '취소됨',
  next: '다음 차례',

  // JobsPanel
  nothingRunning: '실행 중인 작업 없음',
  running: '실행 중',
  paused: '일시 정지됨',
  waiting: '대기 중',
  finished: '완료됨',
  countRunning: (count) => `${count}개 실행 중`,
  countWaiting: (count) => `${count}개 대기 중`,
  countPaused: (count) => `${count}개 일시 정지됨`,

  // MixerPanel
  mixerTip: '피크를 클릭하면 지워지고, 페이더를 두 번 클릭하면 0 dB가 됩니다',
  panOf: (name) => `${name} 팬`,
  truePeak: (db) => `트루 피크 ${db}`,
  gainOf: (name) => `${name} 게인`,
  center: '가운데',
  percentLeft: (percent) => `왼쪽 ${percent}퍼센트`,
  percentRight: (percent) => `오른쪽 ${percent}퍼센트`,
  mute: (name) => `${name} 음소거`,
  solo: (name) => `${name} 솔로`,
  output: '출력',

  // MixerStrip
  stripOf: (name) => `${name} 스트립`,
  highestLevel: (name, level) => `${name} 최고 레벨: ${level}. 재설정`,
  highestLevelTip: '최고 레벨, 클릭하면 재설정',
  levelOf: (name) => `${name} 레벨`,
  leftLevelOf: (name) => `${name} 왼쪽 레벨`,
  rightLevelOf: (name) => `${name} 오른쪽 레벨`,

  // describe-outcome
  bestAtStep: (step, time) => `${step}단계가 가장 좋음, ${time} 소요`,
  renderedToListen: '들어 볼 수 있게 렌더링됨',
  alreadyRendered: '이미 렌더링된 것을 사용함',
  installedAndTried: '설치하고 시험함',
  inTime: (time) => `${time} 소요`,
  measured: '측정됨',
  files: (count) => `파일 ${count}개`,
  filesAndRefused: (count, refused) => `파일 ${count}개, 거부 ${refused}개`,
  clipsUsable: (kept, count) => `클립 ${count}개 중 ${kept}개 사용 가능`,
  aboutLeft: (time) => `, 약 ${time} 남음`,
} satisfies Translation<typeof english>

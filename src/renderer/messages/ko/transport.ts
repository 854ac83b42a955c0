import type { Translation } from '../catalog.ts'
import type { transport as english } from '../en/transport.ts'

export const transport = {
  // DocumentPart
  undo: '실행 취소',
  undoOf: (label) => `실행 취소: ${label}`,
  redo: '다시 실행',
  redoOf: (label) => `다시 실행: ${label}`,
  audioOutput: '오디오 출력',
  menu: '메뉴',
  song: (name) => `곡 ${name}`,
  notSavedYet: '아직 저장되지 않음',

  // JobChip
  jobs: (count, percent) => `작업 ${count}개 ${percent} %`,

  // OutputPart
  browser: '브라우저',
  dock: '하단 패널',
  inspector: '인스펙터',
  left: '왼쪽',
  right: '오른쪽',
  truePeakUnit: 'TP',
  truePeak: (db) => `트루 피크 ${db} dB, 클릭하면 피크를 지웁니다`,
  truePeakTip: '마지막 클릭 이후의 트루 피크, −1 dBTP를 넘으면 빨간색',
  masterGain: '마스터 게인',

  // PositionPart
  position: '위치',
  listenTo: '듣기',
  original: '원본',
  converted: '변환됨',

  // SnapChoice
  off: '끔',
  bar: '마디',
  snapTo: (step) => `스냅: ${step}`,

  // TempoFields
  setTempo: '템포 설정',
  setMeter: '박자 설정',
  tempo: '템포(분당 박 수)',
  bpm: 'bpm',
  meter: '박자',

  // TransportBar
  transport: '트랜스포트',

  // TransportPart
  goToStart: '처음으로 이동',
  play: '재생',
  stop: '정지',
  loop: '루프',
  metronome: '메트로놈',
  followPlayhead: '재생 헤드 따라가기',

  // output-items
  showOtherOutputs: '다른 출력 장치 표시…',
} satisfies Translation<typeof english>

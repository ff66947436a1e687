import type { ServiceVideo } from "./service"

const STATES: Record<string, string> = {
  Planned: "Waiting to be made",
  Submitting: "Waiting to be made",
  Rendering: "Being made",
  Fetching: "Being checked",
  AwaitingReview: "Ready for your review",
  Publishing: "On its way to the listing",
  Published: "On the listing",
  Withdrawing: "Being taken off the listing",
  Withdrawn: "Taken off the listing",
  Rejected: "Rejected",
  Cancelled: "Cancelled",
  Failed: "It could not be made",
  InDoubt: "Needs your decision",
}

const MOVING = ["Planned", "Submitting", "Rendering", "Fetching", "Publishing", "Withdrawing"]

/** How a video stands, for the product's page. */
export type Words = { state: string; percent: number | null; problem: string; moving: boolean; link: string }

export function wordsOf(video: ServiceVideo | null, serviceUrl: string): Words {
  if (!video) return { state: "No video yet", percent: null, problem: "", moving: false, link: "" }
  return {
    state: STATES[video.state] ?? video.state,
    percent: video.state === "Rendering" && typeof video.progress === "number" ? Math.floor(100 * video.progress) : null,
    problem: video.problem?.merchantText ?? "",
    moving: MOVING.includes(video.state),
    link: `${serviceUrl}/videos/${encodeURIComponent(video.id)}`,
  }
}

import { ServiceVideo } from './video-service';

const STATES: Record<string, string> = {
    Planned: 'Waiting to be made',
    Submitting: 'Waiting to be made',
    Rendering: 'Being made',
    Fetching: 'Being checked',
    AwaitingReview: 'Ready for your review',
    Publishing: 'On its way to the listing',
    Published: 'On the listing',
    Withdrawing: 'Being taken off the listing',
    Withdrawn: 'Taken off the listing',
    Rejected: 'Rejected',
    Cancelled: 'Cancelled',
    Failed: 'It could not be made',
    InDoubt: 'Needs your decision',
};

const MOVING = ['Planned', 'Submitting', 'Rendering', 'Fetching', 'Publishing', 'Withdrawing'];

export interface ProductVideoState {
    state: string;
    percent?: number;
    problem?: string;
    moving: boolean;
    link?: string;
    price?: string;
}

/** A video in words for the product's page. */
export function wordsOf(video: ServiceVideo | undefined, serviceUrl: string): ProductVideoState {
    if (!video) {
        return { state: 'No video yet', moving: false };
    }
    return {
        state: STATES[video.state] ?? video.state,
        percent: video.state === 'Rendering' && video.progress != null ? Math.floor(100 * video.progress) : undefined,
        problem: video.problem?.merchantText,
        moving: MOVING.includes(video.state),
        link: `${serviceUrl}/videos/${encodeURIComponent(video.id)}`,
    };
}

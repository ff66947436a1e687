import { api } from '@vendure/dashboard';
import { useEffect, useSyncExternalStore } from 'react';

/** How a product's newest video stands, and the clips on it. What is known comes from the shop's server, which alone holds the service's key. */
export interface VideoState {
    state: string;
    percent: number | null;
    problem: string | null;
    moving: boolean;
    link: string | null;
    price: string | null;
}

export interface Clip {
    id: string;
    url: string;
    poster: string | null;
    width: number;
    height: number;
    alt: string;
    madeWithAi: boolean;
}

interface Known {
    video?: VideoState;
    clips: Clip[];
    busy: boolean;
}

const STATE = 'state percent problem moving link price';
const LOOK = `query ($id: ID!) {
    productVideoState(productId: $id) { ${STATE} }
    productVideos(productId: $id) { id url poster width height alt madeWithAi }
}`;
const GENERATE = `mutation ($id: ID!, $key: String!, $agreed: String) {
    generateProductVideo(productId: $id, requestKey: $key, agreedPrice: $agreed) { ${STATE} }
}`;
const POLL_MS = 3000;
/** After one look that failed. */
const PAUSE_MS = 15_000;

const known = new Map<string, Known>();
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const nothing: Known = { clips: [], busy: false };

function set(id: string, change: Partial<Known>) {
    known.set(id, { ...(known.get(id) ?? nothing), ...change });
    listeners.forEach(listener => listener());
}

/** Asks the shop, and again while the video moves. */
async function look(id: string): Promise<void> {
    clearTimeout(timers.get(id));
    let told: VideoState;
    try {
        const answer = await api.query<{ productVideoState: VideoState; productVideos: Clip[] }>(LOOK, { id });
        told = answer.productVideoState;
        set(id, { clips: answer.productVideos });
    } catch (e) {
        told = failed(e);
    }
    set(id, { video: orLastKnown(id, told) });
    if (known.get(id)?.video?.moving && listeners.size > 0) {
        timers.set(id, setTimeout(() => void look(id), told.state ? POLL_MS : PAUSE_MS));
    }
}

/** A problem without a state says nothing of the video: how it stood stays. */
function orLastKnown(id: string, told: VideoState): VideoState {
    const last = known.get(id)?.video;
    return told.state || !last ? told : { ...last, problem: told.problem };
}

function failed(e: unknown): VideoState {
    return { state: '', percent: null, problem: e instanceof Error ? e.message : String(e), moving: false, link: null, price: null };
}

/** Orders a video; asked with a price, nothing was ordered. Sent twice with one key, it still orders one. */
export async function order(id: string, key: string, agreed?: string): Promise<VideoState> {
    try {
        const told = (await api.mutate(GENERATE, { id, key, agreed: agreed ?? null })) as { generateProductVideo: VideoState };
        return told.generateProductVideo;
    } catch (e) {
        return failed(e);
    }
}

export function newKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

/** One click on the product's page: asks about the price where there is one. */
export async function generate(id: string): Promise<void> {
    set(id, { busy: true });
    const key = newKey();
    let video = await order(id, key);
    // A price may change once more while it is agreed to.
    while (video.price && window.confirm(`This video costs about ${video.price}. Order it?`)) {
        video = await order(id, key, video.price);
    }
    set(id, { video: orLastKnown(id, video), busy: false });
    if (!video.problem) {
        await look(id);
    }
}

/** What is known of a product's video; looks when the page opens. */
export function useVideo(id: string | undefined): Known {
    const told = useSyncExternalStore(
        listener => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        () => (id && known.get(id)) || nothing,
    );
    useEffect(() => {
        if (id) {
            void look(id);
        }
        return () => clearTimeout(id && timers.get(id));
    }, [id]);
    return told;
}

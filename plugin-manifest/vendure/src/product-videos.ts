import { Injectable } from '@nestjs/common';
import {
    Asset,
    AssetService,
    CollectionAsset,
    ConfigService,
    I18nError,
    ID,
    idsAreEqual,
    isGraphQlErrorResult,
    Logger,
    LogLevel,
    Product,
    ProductAsset,
    ProductVariantAsset,
    RequestContext,
    RequestContextService,
    TransactionalConnection,
} from '@vendure/core';
import { ProductVideoClip } from './product-video-clip.entity';

export interface AttachInput {
    productId: ID;
    key: string;
    clip: Promise<unknown>;
    poster?: Promise<unknown> | null;
    width: number;
    height: number;
    seconds: number;
    alt: string;
    madeWithAi: boolean;
    inGallery?: boolean | null;
}

/** Vendure's own refusal of a file's type, as it stands in answers. */
type Refusal = Exclude<Awaited<ReturnType<AssetService['create']>>, Asset>;

interface Attached {
    video: ProductVideoClip;
    wasThere: boolean;
}

/** What was written is taken back, and this is the answer. */
class Undone extends Error {
    constructor(readonly answer: Attached | Refusal) {
        super();
    }
}

/** The service knows it by its code, and tells what to do. */
class VideoElsewhere extends I18nError {
    constructor() {
        super('The product with this video is in other channels only', {}, 'PRODUCT_VIDEO_ELSEWHERE', LogLevel.Verbose);
    }
}

const TAG = 'product-video';

/** Databases that hold a row for one writer. SQLite has but one writer anyway. */
const LOCKING = ['postgres', 'mysql', 'mariadb', 'aurora-mysql', 'aurora-postgres', 'cockroachdb'];

/** The videos on products. */
@Injectable()
export class ProductVideos {
    /** By product, the last change that waits or runs. */
    private turns = new Map<string, Promise<unknown>>();

    constructor(
        private connection: TransactionalConnection,
        private assets: AssetService,
        private config: ConfigService,
        private contexts: RequestContextService,
    ) {}

    /** The oldest first. Of a product that whoever asks may see. */
    listOf(ctx: RequestContext, productId: ID): Promise<ProductVideoClip[]> {
        return this.connection
            .getRepository(ctx, ProductVideoClip)
            .find({ where: { productId }, relations: ['asset', 'poster'], order: { createdAt: 'ASC', id: 'ASC' } });
    }

    /** The same of any product; none where it is not in the channel that is asked. */
    async listInChannel(ctx: RequestContext, productId: ID): Promise<ProductVideoClip[]> {
        return (await this.isInChannel(ctx, productId)) ? this.listOf(ctx, productId) : [];
    }

    /** Where a file is for everybody. */
    addressOf(ctx: RequestContext, asset: Asset): string {
        const store = this.config.assetOptions.assetStorageStrategy;
        return ctx.req && store.toAbsoluteUrl ? store.toAbsoluteUrl(ctx.req, asset.source) : asset.source;
    }

    /**
     * Looks, then writes, in one transaction. One after the other for a product in this process; among several the product's row is held, and
     * the table's index has the last word.
     */
    attach(ctx: RequestContext, input: AttachInput): Promise<Attached | Refusal> {
        return this.inTurn(input.productId, () => this.lookAndBring(ctx, input));
    }

    private async lookAndBring(ctx: RequestContext, input: AttachInput): Promise<Attached | Refusal> {
        await this.connection.getEntityOrThrow(ctx, Product, input.productId, { channelId: ctx.channelId });
        const there = await this.find(ctx, input.productId, input.key);
        if (there) {
            return { video: there, wasThere: true };
        }
        const made: Asset[] = [];
        try {
            return await this.connection.withTransaction(ctx, tx => this.bring(tx, input, made));
        } catch (e) {
            // The rows go with the transaction; the files would stay.
            await this.forgetFiles(made);
            if (e instanceof Undone) {
                return e.answer;
            }
            // The table's index refuses what another process wrote in between.
            const meanwhile = await this.find(ctx, input.productId, input.key);
            if (meanwhile) {
                return { video: meanwhile, wasThere: true };
            }
            throw e;
        }
    }

    /**
     * Takes a video off. The files go first and the row with the clip's: what breaks off in between is found again by the next call.
     *
     * @returns false where it was not there.
     * @throws PRODUCT_VIDEO_ELSEWHERE where it is on a product that is in other channels only: shoppers there still see it.
     */
    detach(ctx: RequestContext, productId: ID, key: string): Promise<boolean> {
        return this.inTurn(productId, () => this.takeOff(ctx, productId, key));
    }

    private async takeOff(ctx: RequestContext, productId: ID, key: string): Promise<boolean> {
        const there = await this.find(ctx, productId, key);
        if (!there) {
            return false;
        }
        if (!(await this.isInChannel(ctx, productId))) {
            throw new VideoElsewhere();
        }
        for (const asset of [there.poster, there.asset]) {
            if (asset && !(await this.isUsedElsewhere(ctx, asset, there))) {
                await this.remove(ctx, asset);
            }
        }
        await this.connection.withTransaction(ctx, async tx => {
            if (there.inGallery) {
                await this.connection.getRepository(tx, ProductAsset).delete({ productId, assetId: there.assetId });
            }
            await this.connection.getRepository(tx, ProductVideoClip).delete({ id: there.id });
        });
        return true;
    }

    /** @param made Is told of each asset as soon as it is there. */
    private async bring(ctx: RequestContext, input: AttachInput, made: Asset[]): Promise<Attached> {
        for (const file of [input.clip, input.poster]) {
            const asset = file ? await this.assets.create(ctx, { file, tags: [TAG] }) : undefined;
            if (asset && isGraphQlErrorResult(asset)) {
                throw new Undone(asset);
            }
            if (asset) {
                made.push(asset as Asset);
            }
        }
        await this.holdProduct(ctx, input.productId);
        const meanwhile = await this.find(ctx, input.productId, input.key);
        if (meanwhile) {
            throw new Undone({ video: meanwhile, wasThere: true });
        }
        return { video: await this.put(ctx, input, made[0], made[1]), wasThere: false };
    }

    private async put(ctx: RequestContext, input: AttachInput, asset: Asset, poster?: Asset): Promise<ProductVideoClip> {
        const { productId, key, width, height, seconds, alt, madeWithAi } = input;
        const inGallery = input.inGallery === true;
        if (inGallery) {
            const gallery = this.connection.getRepository(ctx, ProductAsset);
            const position = (await gallery.maximum('position', { productId })) ?? -1;
            await gallery.save(new ProductAsset({ productId, assetId: asset.id, position: position + 1 }));
        }
        return this.connection.getRepository(ctx, ProductVideoClip).save(
            new ProductVideoClip({ productId, key, asset, assetId: asset.id, poster: poster ?? null, posterId: poster?.id ?? null, inGallery, width, height, seconds, alt, madeWithAi }),
        );
    }

    private async inTurn<T>(productId: ID, work: () => Promise<T>): Promise<T> {
        const product = String(productId);
        const mine = (this.turns.get(product) ?? Promise.resolve()).then(work, work);
        this.turns.set(product, mine);
        try {
            return await mine;
        } finally {
            if (this.turns.get(product) === mine) {
                this.turns.delete(product);
            }
        }
    }

    /** A deleted product still is. */
    private async isInChannel(ctx: RequestContext, productId: ID): Promise<boolean> {
        return (await this.connection.findOneInChannel(ctx, Product, productId, ctx.channelId)) !== undefined;
    }

    private async find(ctx: RequestContext, productId: ID, key: string): Promise<ProductVideoClip | undefined> {
        const found = await this.connection.getRepository(ctx, ProductVideoClip).findOne({ where: { productId, key }, relations: ['asset', 'poster'] });
        return found ?? undefined;
    }

    private async holdProduct(ctx: RequestContext, productId: ID): Promise<void> {
        if (LOCKING.includes(this.connection.rawConnection.options.type)) {
            const query = this.connection.getRepository(ctx, Product).createQueryBuilder('product');
            await query.select('product.id').where('product.id = :productId', { productId }).setLock('pessimistic_write').getOne();
        }
    }

    /** Other videos, and galleries into which the merchant put it. What is a main picture, Vendure itself does not delete. */
    private async isUsedElsewhere(ctx: RequestContext, asset: Asset, here: ProductVideoClip): Promise<boolean> {
        const assetId = asset.id;
        const videos = await this.connection.getRepository(ctx, ProductVideoClip).find({ where: [{ assetId }, { posterId: assetId }] });
        const products = await this.connection.getRepository(ctx, ProductAsset).find({ where: { assetId } });
        const ours = (one: ProductAsset) => here.inGallery && idsAreEqual(one.productId, here.productId) && idsAreEqual(assetId, here.assetId);
        return (
            videos.some(one => !idsAreEqual(one.id, here.id)) ||
            products.some(one => !ours(one)) ||
            (await this.connection.getRepository(ctx, ProductVariantAsset).count({ where: { assetId } })) > 0 ||
            (await this.connection.getRepository(ctx, CollectionAsset).count({ where: { assetId } })) > 0
        );
    }

    /**
     * In each channel, so that no right to delete is needed for what the plugin made. A file that another plugin's rows still point to stays:
     * the database does not let it go.
     */
    private async remove(ctx: RequestContext, asset: Asset): Promise<void> {
        try {
            const { channels } = await this.connection.getRepository(ctx, Asset).findOneOrFail({ where: { id: asset.id }, relations: ['channels'] });
            for (const channel of channels) {
                const there = await this.contexts.create({ apiType: 'admin', channelOrToken: channel, languageCode: ctx.languageCode });
                await this.connection.withTransaction(there, tx => this.assets.delete(tx, [asset.id]));
            }
        } catch (e) {
            Logger.warn(`Asset ${asset.id} of a detached video was left in place: ${e instanceof Error ? e.message : e}`, 'ProductVideo');
        }
    }

    private async forgetFiles(made: Asset[]): Promise<void> {
        const store = this.config.assetOptions.assetStorageStrategy;
        for (const file of made.flatMap(asset => [asset.source, asset.preview])) {
            try {
                await store.deleteFile(file);
            } catch (e) {
                Logger.warn(`File ${file} was left in the store: ${e instanceof Error ? e.message : e}`, 'ProductVideo');
            }
        }
    }
}

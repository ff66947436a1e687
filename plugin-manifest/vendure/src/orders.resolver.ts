import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ID, Permission, Product, RequestContext, TransactionalConnection } from '@vendure/core';
import { ServiceProblem, VideoService } from './video-service';
import { ProductVideoState, wordsOf } from './words';

/** What the dashboard asks: how a product's video stands, and for a new one. */
@Resolver()
export class OrdersResolver {
    constructor(
        private service: VideoService,
        private connection: TransactionalConnection,
    ) {}

    @Query()
    @Allow(Permission.UpdateCatalog, Permission.UpdateProduct)
    productVideoState(@Ctx() ctx: RequestContext, @Args('productId') productId: ID): Promise<ProductVideoState> {
        return this.tell(ctx, productId, async () => this.words(await this.service.latest(productId)));
    }

    @Mutation()
    @Allow(Permission.UpdateCatalog, Permission.UpdateProduct)
    generateProductVideo(
        @Ctx() ctx: RequestContext,
        @Args('productId') productId: ID,
        @Args('requestKey') requestKey: string,
        @Args('agreedPrice') agreedPrice?: string,
    ): Promise<ProductVideoState> {
        return this.tell(ctx, productId, async () => {
            const cost = await this.service.costOf(productId);
            // Nothing is paid for at a price that the merchant has not seen.
            if (cost.text && cost.text !== agreedPrice) {
                return { ...(await this.words(await this.service.latest(productId))), price: cost.text };
            }
            return this.words(await this.service.order(productId, requestKey, cost.agreed));
        });
    }

    private async words(video: Parameters<typeof wordsOf>[0]): Promise<ProductVideoState> {
        return wordsOf(video, (await this.service.connection()).url);
    }

    private async tell(ctx: RequestContext, productId: ID, ask: () => Promise<ProductVideoState>): Promise<ProductVideoState> {
        await this.connection.getEntityOrThrow(ctx, Product, productId, { channelId: ctx.channelId });
        try {
            return await ask();
        } catch (e) {
            if (e instanceof ServiceProblem) {
                return { state: '', problem: e.message, moving: false };
            }
            throw e;
        }
    }
}

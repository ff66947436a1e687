using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Media;
using Nop.Core.Events;
using Nop.Data;
using Nop.Services.Events;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>Notes what the shop changes. The plugin's own rows are none of it, so that what the service attaches does not come back as a change.</summary>
public sealed class ChangeConsumer(ChangeQueue queue, IRepository<ProductPicture> productPictures) :
    IConsumer<EntityInsertedEvent<Product>>, IConsumer<EntityUpdatedEvent<Product>>, IConsumer<EntityDeletedEvent<Product>>,
    IConsumer<EntityInsertedEvent<ProductPicture>>, IConsumer<EntityUpdatedEvent<ProductPicture>>, IConsumer<EntityDeletedEvent<ProductPicture>>,
    IConsumer<EntityUpdatedEvent<Picture>>
{
    public Task HandleEventAsync(EntityInsertedEvent<Product> eventMessage) => Note(eventMessage.Entity.Id);

    public Task HandleEventAsync(EntityUpdatedEvent<Product> eventMessage) => Note(eventMessage.Entity.Id, eventMessage.Entity.Deleted);

    public Task HandleEventAsync(EntityDeletedEvent<Product> eventMessage) => Note(eventMessage.Entity.Id, isRemoved: true);

    public Task HandleEventAsync(EntityInsertedEvent<ProductPicture> eventMessage) => Note(eventMessage.Entity.ProductId);

    public Task HandleEventAsync(EntityUpdatedEvent<ProductPicture> eventMessage) => Note(eventMessage.Entity.ProductId);

    public Task HandleEventAsync(EntityDeletedEvent<ProductPicture> eventMessage) => Note(eventMessage.Entity.ProductId);

    public async Task HandleEventAsync(EntityUpdatedEvent<Picture> eventMessage)
    {
        foreach (var use in await productPictures.GetAllAsync(all => all.Where(one => one.PictureId == eventMessage.Entity.Id)))
            queue.Add(use.ProductId, isRemoved: false);
    }

    private Task Note(int productId, bool isRemoved = false)
    {
        queue.Add(productId, isRemoved);
        return Task.CompletedTask;
    }
}

using ProductVideo.Exchange;
using ProductVideo.Providers;
using ProductVideo.Tests.BlobStores.AzureBlobs;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exchange;

public sealed class PictureCarrierTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_picture_whose_reading_breaks_off_is_a_fault_that_passes_before_anything_was_sent()
    {
        await using var broken = new BrokenOffAzure(given: 100);
        var (carrier, images) = (new PictureCarrier(broken.Store), Some.Request().Images);
        IsTold((await carrier.AllBytesAsync(images, Token)).Fault);
        IsTold((await carrier.DataUrisAsync(images, Token)).Fault);
        var sent = 0;
        var (pictures, fault) = await PictureCarrier.EachAsync(images, async image =>
        {
            await carrier.BytesAsync(image, Token);
            return (++sent, (ProviderFault?)null);
        });
        IsTold(fault);
        (pictures.Count, sent).ShouldBe((0, 0));
    }

    private static void IsTold(ProviderFault? fault) => fault.ShouldNotBeNull().ShouldSatisfyAllConditions(
        told => told.Code.ShouldBe(ProviderFaultCode.Transient),
        told => told.MayPass.ShouldBeTrue(),
        told => told.MerchantText.ShouldStartWith("The storage for pictures and clips"));
}

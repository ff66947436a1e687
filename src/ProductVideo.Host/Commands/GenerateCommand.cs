using System.CommandLine;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Host.Terminal;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands;

/// <summary>The main job without a browser: one product's video.</summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Product = new("--product") { Description = "The shop's id of the product.", Required = true };
    private static readonly Option<string?> Provider = new("--provider") { Description = "Who makes it, for example happyhorse; if left out, whoever the shop's list names, and without a list the local renderer." };
    private static readonly Option<string?> Model = new("--model") { Description = "One of the provider's models; its first if left out." };
    private static readonly Option<string?> Resolution = new("--resolution") { Description = "In the provider's words, for example 720P." };
    private static readonly Option<string?> Template = new("--template") { Description = "A prompt template, for example turntable." };
    private static readonly Option<string?> Aspect = new("--aspect") { Description = "1:1, 9:16 or 16:9." };
    private static readonly Option<decimal?> Seconds = PlainOptions.Decimal("--seconds", "The clip's length.");
    private static readonly Option<int?> LastPicture = PlainOptions.Whole("--last-picture", "Number, from 1, of the picture in the gallery on which the clip ends, where the model can do that.");
    private static readonly Option<Guid?> Change = new("--change") { Description = "Id of a video of this product whose clip is changed as --wish says, where a model can do that." };
    private static readonly Option<string?> Wish = new("--wish") { Description = "One more sentence for the prompt, at most 500 characters." };
    private static readonly Option<bool> Price = new("--show-price") { Description = "Draws the price into the clip." };
    private static readonly Option<bool> People = new("--allow-people") { Description = "Lets adults be seen using the product, where a model draws the clip." };
    private static readonly Option<bool> Audio = new("--audio") { Description = "Adds an audio track; silent with the local renderer." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Waits for the clip and prints each state." };
    private static readonly Option<bool> Publish = new("--publish") { Description = "Approves at once: the clip goes to the listing." };
    private static readonly Option<bool> Again = new("--again") { Description = "Makes the clip even if the very same one was published before." };

    public static Command Create()
    {
        var command = new Command("generate", "Makes a video of one product. What costs something is not ordered without --yes-pay: it says the price.")
        {
            CommonOptions.Shop, Product, Provider, Model, Resolution, Template, Aspect, Seconds, LastPicture, Change, Wish, Price, People, Audio, YesPay.Option, Wait, Publish, Again,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(CommonOptions.Data)!,
            new ProductRef(parsed.GetValue(CommonOptions.Shop)!, parsed.GetValue(Product)!),
            new VideoWishes
            {
                Provider = parsed.GetValue(Provider),
                Model = parsed.GetValue(Model),
                Resolution = parsed.GetValue(Resolution),
                Template = parsed.GetValue(Template),
                Aspect = parsed.GetValue(Aspect),
                Seconds = parsed.GetValue(Seconds),
                ChangeOf = parsed.GetValue(Change),
                Wish = parsed.GetValue(Wish),
                ShowPrice = parsed.GetValue(Price) ? true : null,
                AllowPeople = parsed.GetValue(People) ? true : null,
                Audio = parsed.GetValue(Audio),
                AutoApprove = parsed.GetValue(Publish),
                Again = parsed.GetValue(Again),
            },
            parsed.GetValue(LastPicture),
            YesPay.Of(parsed),
            parsed.GetValue(Wait),
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(
        string data, ProductRef product, VideoWishes wishes, int? lastPicture, IReadOnlyList<Money> agreed, bool wait, CancellationToken cancellationToken) =>
        WithDatabase.RunAsync(data, async services =>
        {
            // Not before the start: the shops that were connected are in the database.
            if (lastPicture is { } number)
                wishes = wishes with { LastImageId = await PictureAsync(services, product, number, cancellationToken) };
            var preview = await services.GetRequiredService<VideoGenerations>().PreviewAsync(product, wishes, MainJob.Requester(agreed), cancellationToken);
            if (YesPay.Unagreed(preview, agreed) is { } unagreed)
                return Failures.Say(unagreed, Failures.Refused);
            if (YesPay.LeftOut(preview, agreed) is { } leftOut)
                Console.Error.WriteLine(leftOut);
            if (!wait)
                return await OrderAsync(services, product, wishes, agreed, data, cancellationToken);
            var (generation, file) = await MainJob.RunAsync(services, product, wishes, agreed, data, cancellationToken);
            return MainJob.Tell(generation, file);
        }, cancellationToken, jobs: wait, begins: true, limits: LimitsAtStart.Tighten);

    /// <returns>The picture's id in the listing; null if there is no such product, which the order itself will say.</returns>
    private static async Task<string?> PictureAsync(IServiceProvider services, ProductRef product, int number, CancellationToken cancellationToken)
    {
        var listed = await services.GetRequiredService<Shops>().Get(product.Shop).ReadAsync(product.ProductId, cancellationToken);
        if (listed is null)
            return null;
        if (number < 1 || number > listed.Images.Count)
        {
            throw new RefusedException(RefusalKind.Invalid, new Problem(
                "invalid_lastImage", $"--last-picture is a number from 1 to {listed.Images.Count}: the product has that many pictures.",
                $"{product} has no picture {number}."), "lastImage");
        }

        return listed.Images[number - 1].Id;
    }

    /// <summary>Leaves the work to the server, or to the next one that starts.</summary>
    private static async Task<int> OrderAsync(
        IServiceProvider services, ProductRef product, VideoWishes wishes, IReadOnlyList<Money> agreed, string data, CancellationToken cancellationToken)
    {
        var created = await MainJob.OrderAsync(services.GetRequiredService<VideoGenerations>(), product, wishes, agreed, cancellationToken);
        Console.WriteLine($"{created.Generation.Id} {created.Generation.State.Name}");
        if (!created.IsNew)
            Console.WriteLine(MainJob.IsThere);
        foreach (var note in created.Generation.Order.Notes)
            Console.WriteLine($"note: {Screen.Plain(note)}");
        if (created.Generation.DueAt is not null)
            Console.WriteLine($"{MainJob.GoesOn} ({OwnCommand.Here.Line(data)}). Add --wait to do it now.");
        if (created.Generation.State is GenerationState.AwaitingReview && GenerationFacts.Problem(created.Generation) is { } problem)
            Console.Error.WriteLine(problem.MerchantText);
        return 0;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class ApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private async Task<Guid> OrderAsync(HttpClient client, string? wish = null)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/generations", new { shop = "test", product = "mug", provider = "scripted", aspect = "1:1", seconds = 5, wish });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await ApiFixture.JsonAsync(answer)).GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task no_endpoint_but_health_and_sign_in_answers_a_stranger()
    {
        var endpoints = ((IEndpointRouteBuilder)api.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        endpoints.Count.ShouldBeGreaterThan(15);
        var closed = 0;
        foreach (var endpoint in endpoints)
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
                .Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{shop}", "test", StringComparison.Ordinal)
                .Replace("{product}", "mug", StringComparison.Ordinal).Replace("{image}", "front.jpg", StringComparison.Ordinal)
                .Replace("{documentName}", "productvideo", StringComparison.Ordinal);
            // A webhook is closed by its signature instead: InboxEndpointTests. A feed by its address: FeedEndpointTests.
            if (path is "/health/live" or "/health/ready" or "/sign-in" || path.StartsWith("/webhooks/", StringComparison.Ordinal) || path.StartsWith("/feeds/", StringComparison.Ordinal))
                continue;
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var answer = await api.Stranger().SendAsync(request);
            // Pages send a browser to the sign-in page; programs are told no.
            ((int)answer.StatusCode is 401 or 403 or 302).ShouldBeTrue($"{method} {path} answered {(int)answer.StatusCode}");
            closed++;
        }

        closed.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task a_key_may_do_what_its_scopes_say_and_nothing_else()
    {
        var reader = await api.CallerAsync(null, Scopes.Read);
        (await reader.GetAsync("/api/v1/products?shop=test")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var creator = await api.CallerAsync(null, Scopes.Create);
        (await creator.PostAsJsonAsync($"/api/v1/generations/{Guid.NewGuid()}/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_key_that_may_not_approve_may_not_order_an_approval_in_advance()
    {
        var creator = await api.CallerAsync(null, Scopes.Create);
        var order = new { shop = "test", product = "mug", provider = "scripted", aspect = "1:1", seconds = 6, autoApprove = true };
        (await creator.PostAsJsonAsync("/api/v1/generations", order)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var full = await api.CallerAsync();
        var ordered = await full.PostAsJsonAsync("/api/v1/generations", order);
        ordered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await ApiFixture.JsonAsync(ordered)).GetProperty("id").GetGuid();
        await full.PostAsJsonAsync($"/api/v1/generations/{id}/cancel", new { });
        await api.Get<Advance>().RunAsync(id, CancellationToken.None);
        (await creator.PostAsJsonAsync($"/api/v1/generations/{id}/retry", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_key_that_may_not_review_cancels_what_is_made_and_no_finished_clip()
    {
        var creator = await api.CallerAsync(null, Scopes.Read, Scopes.Create);
        var finished = Generations.Some.Generation(new ProductVideo.Generations.GenerationState.AwaitingReview(Generations.Some.Clip));
        await api.Get<ProductVideo.Data.GenerationStore>().AddAsync(finished, idempotency: null, CancellationToken.None);
        var path = $"/api/v1/generations/{finished.Id}";

        var refused = await creator.PostAsJsonAsync(path + "/cancel", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ApiFixture.JsonAsync(refused)).GetProperty("code").GetString().ShouldBe("may_not_decide");
        (await ApiFixture.JsonAsync(await creator.GetAsync(path))).GetProperty("state").GetString().ShouldBe("AwaitingReview");

        var underWay = await OrderAsync(creator, "cancelled by its creator");
        (await creator.PostAsJsonAsync($"/api/v1/generations/{underWay}/cancel", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var rejected = await (await api.CallerAsync(null, Scopes.Review, Scopes.Create)).PostAsJsonAsync(path + "/cancel", new { });
        (await ApiFixture.JsonAsync(rejected)).GetProperty("state").GetString().ShouldBe("Rejected");
    }

    [Fact]
    public async Task people_are_wished_for_by_name()
    {
        var client = await api.CallerAsync();
        var ordered = await client.PostAsJsonAsync(
            "/api/v1/generations", new { shop = "test", product = "mug", provider = "scripted", aspect = "1:1", seconds = 7, allowPeople = true });
        ordered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await ApiFixture.JsonAsync(ordered)).GetProperty("id").GetGuid();
        (await api.Get<VideoGenerations>().GetAsync(id, CancellationToken.None)).Order.Wishes.AllowPeople.ShouldBe(true);
    }

    [Fact]
    public async Task a_revoked_or_invented_key_is_refused()
    {
        var client = api.Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pv_invented");
        (await client.GetAsync("/api/v1/generations")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var keys = api.Get<ApiKeys>();
        var key = await keys.CreateAsync("short lived", [Scopes.Read], null, null, CancellationToken.None);
        (await keys.RevokeAsync(key[..9], CancellationToken.None)).ShouldBe(1);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (await client.GetAsync("/api/v1/generations")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task the_key_itself_is_not_stored()
    {
        var keys = api.Get<ApiKeys>();
        var key = await keys.CreateAsync("look for me", [Scopes.Read], null, null, CancellationToken.None);
        await using var db = await api.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(CancellationToken.None);
        var row = await db.ApiKeys.SingleAsync(r => r.Name == "look for me");
        row.Hash.ShouldNotContain(key[9..20]);
        key.ShouldStartWith(row.Prefix);
    }

    [Fact]
    public async Task a_key_of_one_shop_sees_nothing_of_another()
    {
        var id = await OrderAsync(await api.CallerAsync());
        var stranger = await api.CallerAsync("other");
        foreach (var path in new[] { $"generations/{id}", $"generations/{id}/events", $"clips/{id}", $"clips/{id}/video.mp4", $"clips/{id}/pictures/1", "products/test/mug", "products?shop=test", "products/test/mug/images/front.jpg" })
            (await stranger.GetAsync("/api/v1/" + path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await stranger.PostAsJsonAsync($"/api/v1/generations/{id}/cancel", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ApiFixture.JsonAsync(await stranger.GetAsync("/api/v1/generations"))).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await ApiFixture.JsonAsync(await stranger.GetAsync("/api/v1/products"))).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task ordering_answers_202_and_the_same_order_again_200_with_the_same_video()
    {
        var client = await api.CallerAsync();
        var body = new { shop = "test", product = "mug", provider = "scripted", seconds = 7 };
        var first = await client.PostAsJsonAsync("/api/v1/generations", body);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var second = await client.PostAsJsonAsync("/api/v1/generations", body);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (a, b) = (await ApiFixture.JsonAsync(first), await ApiFixture.JsonAsync(second));
        a.GetProperty("id").GetGuid().ShouldBe(b.GetProperty("id").GetGuid());
        a.GetProperty("price").GetProperty("amount").GetDecimal().ShouldBe(0.98m);
        first.Headers.Location!.ToString().ShouldEndWith(a.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task fifty_requests_with_one_idempotency_key_make_one_video()
    {
        var client = await api.CallerAsync();
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OrderAsync(client, "fifty at once")));
        ids.Distinct().Count().ShouldBe(1);

        var other = await client.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.JsonAsync(other)).GetProperty("code").GetString().ShouldBe("idempotency_key_reused");
    }

    [Theory]
    [InlineData("""{"product":"mug","shop":"test","seconds":1e9}""", "seconds")]
    [InlineData("""{"product":"mug","shop":"test","seconds":-5}""", "seconds")]
    [InlineData("""{"product":"mug","shop":"test","seconds":"5"}""", "seconds")]
    [InlineData("""{"product":"mug","shop":"test","seed":-1}""", "seed")]
    [InlineData("""{"product":"mug","shop":"test","count":1000000}""", "count")]
    [InlineData("""{"product":"mug","shop":"test","provider":"nobody"}""", "provider")]
    [InlineData("""{"product":"mug","shop":"test","aspect":"banana"}""", "aspect")]
    [InlineData("""{"product":"mug","shop":"test","template":"../../etc/passwd"}""", "template")]
    [InlineData("""{"product":"mug","shop":"test","lastImage":"gone.jpg"}""", "lastImage")]
    [InlineData("""{"product":"mug","shop":"test","changeOf":"no id","wish":"a darker floor"}""", "changeOf")]
    [InlineData("""{"product":"mug","shop":"test","changeOf":"00000000-0000-0000-0000-000000000001","wish":"a darker floor"}""", "changeOf")]
    [InlineData("""{"product":"mug","product":"vase","shop":"test"}""", "product")]
    [InlineData("""{"shop":"test"}""", "product")]
    [InlineData("""{"product":"mug"}""", "shop")]
    [InlineData("""{"product":"mug","shop":"nowhere"}""", "shop")]
    [InlineData("""{"product":"no-such","shop":"test"}""", "product")]
    [InlineData("""not json""", "body")]
    [InlineData("""null""", "body")]
    public async Task a_bad_order_names_the_field_and_writes_nothing(string body, string field)
    {
        var client = await api.CallerAsync("test");
        if (body.Contains("nowhere", StringComparison.Ordinal) || body == """{"product":"mug"}""")
            client = await api.CallerAsync();
        var before = (await api.Get<VideoGenerations>().ListAsync(new ProductVideo.Data.GenerationFilter(Take: 1000), CancellationToken.None)).Count;

        var answer = await client.PostAsync("/api/v1/generations", new StringContent(body, Encoding.UTF8, "application/json"));

        ((int)answer.StatusCode).ShouldBeInRange(400, 422);
        var problem = await ApiFixture.JsonAsync(answer);
        problem.GetProperty("field").GetString().ShouldBe(field, problem.ToString());
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        (await api.Get<VideoGenerations>().ListAsync(new ProductVideo.Data.GenerationFilter(Take: 1000), CancellationToken.None)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task a_body_of_two_megabytes_or_a_thousand_levels_is_refused()
    {
        var client = await api.CallerAsync();
        foreach (var (body, status, code) in new[]
        {
            ($$"""{"product":"{{new string('x', 2_000_000)}}"}""", HttpStatusCode.RequestEntityTooLarge, "body_too_large"),
            (new string('[', 1000) + new string(']', 1000), HttpStatusCode.BadRequest, "invalid_request"),
        })
        {
            var answer = await client.PostAsync("/api/v1/generations", new StringContent(body, Encoding.UTF8, "application/json"));
            answer.StatusCode.ShouldBe(status);
            var problem = await ApiFixture.JsonAsync(answer);
            (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()).ShouldBe((code, "body"));
        }
    }

    [Theory]
    [InlineData("generation", "unknown_address")]
    [InlineData("generations/17", "unknown_address")]
    [InlineData("generations?take=many", "invalid_request")]
    [InlineData("generations?cursor=17", "invalid_request")]
    [InlineData("products?shop=test&take=-1", "invalid_request")]
    [InlineData("products?shop=%00", "invalid_request")]
    public async Task whatever_is_asked_wrongly_is_answered_with_a_problem(string address, string code)
    {
        var answer = await (await api.CallerAsync()).GetAsync("/api/v1/" + address);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await ApiFixture.JsonAsync(answer)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task a_refused_key_is_told_so_as_a_problem()
    {
        var stranger = await api.Stranger().GetAsync("/api/v1/generations");
        stranger.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await ApiFixture.JsonAsync(stranger)).GetProperty("code").GetString().ShouldBe("unauthorised");
        var reader = await (await api.CallerAsync(null, Scopes.Read)).PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder);
        (await ApiFixture.JsonAsync(reader)).GetProperty("code").GetString().ShouldBe("scope_missing");
    }

    [Fact]
    public async Task an_unknown_state_is_refused_with_the_states_there_are()
    {
        var answer = await (await api.CallerAsync()).GetAsync("/api/v1/generations?state=zzz");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiFixture.JsonAsync(answer)).GetProperty("detail").GetString()!.ShouldContain(nameof(ProductVideo.Generations.GenerationState.AwaitingReview));
        ProductVideo.Generations.GenerationState.Names.ShouldBe(Generations.Some.States.Select(state => state.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task videos_are_found_by_words_of_their_products_names_and_ids()
    {
        var generation = Generations.Some.Generation(new ProductVideo.Generations.GenerationState.Cancelled("merchant"));
        var made = generation with { Product = generation.Product with { ProductId = "found-by-1_2" }, Order = generation.Order with { ProductTitle = "Kettle made of Copper" } };
        await api.Get<ProductVideo.Data.GenerationStore>().AddAsync(made, idempotency: null, CancellationToken.None);
        var client = await api.CallerAsync();

        foreach (var (search, isFound) in new[] { ("COPPER kettle", true), ("1_2", true), ("copper 1%2", false), ("copper mug", false) })
        {
            var page = await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/generations?search=" + Uri.EscapeDataString(search)));
            page.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("id").GetGuid() == made.Id).ShouldBe(isFound, search);
        }

        var refused = await client.GetAsync("/api/v1/generations?search=" + new string('a', 201));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiFixture.JsonAsync(refused)).GetProperty("field").GetString().ShouldBe("search");
    }

    [Fact]
    public async Task a_program_may_ask_for_a_clips_length_first()
    {
        await using var content = new MemoryStream(new byte[1234]);
        await api.Get<ProductVideo.Blobs.IBlobStore>().PutAsync(Generations.Some.Clip.BlobKey, content, "video/mp4", ProductVideo.Blobs.PutMode.Replace, CancellationToken.None);
        var generation = Generations.Some.Generation(new ProductVideo.Generations.GenerationState.AwaitingReview(Generations.Some.Clip));
        await api.Get<ProductVideo.Data.GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None);
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/api/v1/clips/{generation.Id}/video.mp4");
        var answer = await (await api.CallerAsync()).SendAsync(head);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.ShouldBe(1234);
    }

    [Fact]
    public async Task a_preview_shows_prompt_and_price_and_orders_nothing()
    {
        var client = await api.CallerAsync();
        var submits = api.Provider.Submits.Count;
        var answer = await client.PostAsJsonAsync("/api/v1/products/test/mug/preview", new { provider = "scripted", seconds = 5 });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var preview = await ApiFixture.JsonAsync(answer);
        preview.GetProperty("prompt").GetString()!.ShouldContain("[Image 1]");
        preview.GetProperty("price").GetProperty("currency").GetString().ShouldBe("USD");
        api.Provider.Submits.Count.ShouldBe(submits);
    }

    [Fact]
    public async Task a_command_out_of_place_is_a_conflict_that_says_the_state()
    {
        var client = await api.CallerAsync();
        var id = await OrderAsync(client, "conflict");
        var answer = await client.PostAsJsonAsync($"/api/v1/generations/{id}/approve", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiFixture.JsonAsync(answer)).GetProperty("detail").GetString()!.ShouldContain("Planned");
    }

    [Fact]
    public async Task events_tell_every_change_until_the_end()
    {
        var client = await api.CallerAsync();
        var id = await OrderAsync(client, "events");
        using var stream = await client.GetAsync($"/api/v1/generations/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await DataAsync(reader)).ShouldContain("\"state\":\"Planned\"");
        await client.PostAsJsonAsync($"/api/v1/generations/{id}/cancel", new { });
        await api.Get<Advance>().RunAsync(id, CancellationToken.None);
        (await DataAsync(reader)).ShouldContain("\"state\":\"Cancelled\"");
        (await reader.ReadToEndAsync()).ShouldNotContain("data:");
    }

    [Fact]
    public async Task a_thumbnail_is_a_small_jpeg_of_the_checked_picture()
    {
        var client = await api.CallerAsync();
        var answer = await client.GetAsync("/api/v1/products/test/mug/images/front.jpg");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        ProductVideo.Imaging.ImageChecker.Check(bytes).Width.ShouldBe(640);
    }

    [Fact]
    public async Task the_openapi_document_describes_every_endpoint_of_the_api_and_nothing_of_the_hosts()
    {
        var client = await api.CallerAsync();
        var document = await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/openapi/productvideo.json"));
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        paths.ShouldAllBe(path => path.StartsWith("/api/v1/", StringComparison.Ordinal));
        paths.ShouldContain("/api/v1/generations/{id}/approve");
        paths.ShouldContain("/api/v1/webhook-endpoints/{id}/deliveries/{event}/replay");
        paths.Count.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task a_sign_in_link_works_once()
    {
        var token = await api.Get<SignInLinks>().CreateAsync(CancellationToken.None);
        using var form = new FormUrlEncodedContent([new("token", token)]);
        var first = await api.Stranger().PostAsync("/sign-in", form);
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        first.Headers.GetValues("Set-Cookie").Single().ShouldContain("httponly");
        using var again = new FormUrlEncodedContent([new("token", token)]);
        (await api.Stranger().PostAsync("/sign-in", again)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await api.Stranger().GetAsync("/sign-in?token=" + token)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await api.Stranger().GetAsync("/sign-in")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> DataAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        }

        throw new EndOfStreamException("The events ended.");
    }
}

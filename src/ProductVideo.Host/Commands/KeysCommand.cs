using System.CommandLine;
using System.Globalization;
using ProductVideo.Connecting;
using ProductVideo.Host.Terminal;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Host.Commands;

/// <summary>API keys: make, list, revoke.</summary>
internal static class KeysCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "What the key is for.", Required = true };
    private static readonly Option<string[]> Scope = new("--scope")
    {
        Description = $"What it may do: {string.Join(", ", Scopes.All)}. All, if left out; with --connect, {string.Join(" and ", ConnectionCodes.PluginScopes)}.",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string?> OnlyShop = new("--shop") { Description = "The only shop that it may see." };
    private static readonly Option<int?> Days = PlainOptions.Whole("--days", $"Days until it expires, 1 to {KeyRules.MostDays}; never, if left out.");
    private static readonly Option<string?> Connect = new("--connect")
    {
        Description = "Prints, instead of the key, a connection code for that shop's plugin: it holds the key and this address, at which the shop finds this server. "
            + "The shop itself may be connected later, under the same short name.",
    };
    private static readonly Argument<string> Prefix = new("prefix") { Description = "The key's first characters, as 'keys list' shows them." };

    public static Command Create()
    {
        var create = new Command("create", "Makes an API key and prints it, this once.") { Name, Scope, OnlyShop, Days, Connect };
        create.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var (shop, connect) = (parsed.GetValue(OnlyShop), parsed.GetValue(Connect));
            var address = Uri.TryCreate(connect, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" } ? uri : null;
            if (connect is not null && (shop is null || address is null))
                return Failures.Say("--connect is this server's address as the shop finds it, such as https://video.example, and needs --shop.", Failures.Refused);
            var lifetime = parsed.GetValue(Days) is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
            var scopes = parsed.GetValue(Scope) is { Length: > 0 } given ? given : address is null ? Scopes.All : ConnectionCodes.PluginScopes;
            var wanted = new NewApiKey(parsed.GetValue(Name)!, scopes, shop, lifetime) { MayPrecedeShop = address is not null };
            if (services.GetRequiredService<KeyRules>().Mistakes(wanted).FirstOrDefault() is { Field: "lifetime" })
                return Failures.Say($"--days is a number from 1 to {KeyRules.MostDays}. Leave it out for a key that never expires.", Failures.Refused);
            var key = await services.GetRequiredService<ApiKeys>().CreateAsync(wanted, token);
            Console.WriteLine(address is null ? key : ConnectionCodes.Of(address, key, shop!));
            if (shop is not null && services.GetRequiredService<Shops>().All.All(known => known.Shop != shop))
                Console.Error.WriteLine($"There is no shop '{shop}' here yet. The code opens it once it is connected under this short name.");
            return 0;
        }, token, reads: false));

        var list = new Command("list", "Lists the API keys: first characters, name, scopes, shop, last use, end.");
        list.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            foreach (var key in await services.GetRequiredService<ApiKeys>().ListAsync(token))
            {
                var used = key.LastUsedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "never";
                var end = key.RevokedAt is not null ? "revoked" : key.ExpiresAt is { } expiry ? $"{(expiry > now ? "expires" : "expired")} {expiry.ToString("u", CultureInfo.InvariantCulture)}" : "never expires";
                Console.WriteLine(Screen.Cells($"{key.Prefix}…", key.Name, string.Join(' ', key.Scopes), key.Shop ?? "all shops", $"last used {used}", end));
            }

            return 0;
        }, token, reads: false));

        var revoke = new Command("revoke", "Ends an API key at once.") { Prefix };
        revoke.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var prefix = parsed.GetValue(Prefix)!;
            return await services.GetRequiredService<ApiKeys>().RevokeAsync(prefix, token) > 0
                ? 0 : Failures.Say($"No living key starts with '{prefix}'. List them with: keys list", Failures.Refused);
        }, token, reads: false));
        return new Command("keys", "API keys for programs.") { create, list, revoke };
    }
}

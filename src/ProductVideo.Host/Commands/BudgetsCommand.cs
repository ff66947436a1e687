using System.CommandLine;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>The caps and how they stand.</summary>
internal static class BudgetsCommand
{
    public static Command Create()
    {
        var command = new Command("budgets", "Lists the caps on spending: what, period, cap, held, spent, left.");
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var rooms = await services.GetRequiredService<Budgets>().ListAsync(shop: null, token);
            foreach (var room in rooms)
                Console.WriteLine(LineOf(room));
            if (rooms.Count == 0)
                Console.Error.WriteLine("No caps are set. Set them on the page “Spending” or in the settings, section ProductVideo:Spending.");
            return 0;
        }, token, names: true, reads: false));
        return command;
    }

    private static string LineOf(BudgetRoom room)
    {
        var what = room.Budget.Subject is { } subject ? $"{room.Budget.Scope} {subject}" : $"{room.Budget.Scope}";
        var figures = room.Period is null ? "" : $"\theld {room.Held}\tspent {room.Spent}\tleft {room.Left}";
        return $"{what}\t{room.Period ?? "clip"}\tcap {room.Budget.Cap}{figures}{(room.Budget.FromConfiguration ? "\tfrom the settings" : "")}";
    }
}

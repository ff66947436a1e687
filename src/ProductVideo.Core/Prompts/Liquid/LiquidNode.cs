namespace ProductVideo.Prompts.Liquid;

internal abstract record LiquidNode(int Line)
{
    public abstract void Write(LiquidRun run);
}

internal sealed record LiquidText(int Line, string Text) : LiquidNode(Line)
{
    public override void Write(LiquidRun run) => run.Write(Text, Line);
}

internal sealed record LiquidOutput(int Line, LiquidExpression Value) : LiquidNode(Line)
{
    public override void Write(LiquidRun run) => run.Write(LiquidValue.Text(Value.Of(run)), Line);
}

/// <summary>The first branch whose condition holds is written; a condition of null always holds.</summary>
internal sealed record LiquidIf(int Line, IReadOnlyList<(LiquidExpression? Condition, IReadOnlyList<LiquidNode> Body)> Branches) : LiquidNode(Line)
{
    public override void Write(LiquidRun run)
    {
        foreach (var (condition, body) in Branches)
        {
            if (condition is not null && !LiquidValue.Holds(condition.Of(run)))
                continue;
            run.Write(body);
            return;
        }
    }
}

internal sealed record LiquidFor(int Line, string Name, LiquidExpression List, IReadOnlyList<LiquidNode> Body) : LiquidNode(Line)
{
    public override void Write(LiquidRun run) => run.Each(Name, LiquidValue.List(List.Of(run)), Body);
}

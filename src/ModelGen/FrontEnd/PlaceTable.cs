using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Numbers places in the order in which they are read, which an edit elsewhere does not change.</summary>
internal sealed class PlaceTable
{
    private readonly List<Place> places = [];
    private readonly Dictionary<Location, int> numbers = [];

    public int Add(Location location)
    {
        if (!numbers.TryGetValue(location, out int number))
        {
            number = places.Count;
            places.Add(Place.Of(location));
            numbers.Add(location, number);
        }

        return number;
    }

    public EquatableArray<Place> ToArray() => places.ToEquatableArray();
}

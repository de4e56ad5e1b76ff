package io.quarkiverse.tokenstorage.runtime;

/** How many characters of a text have to be replaced, added, left out, or swapped with the next one to make another text. */
final class EditDistance {

    private EditDistance() {
    }

    /** @return more than {@code most}, and not by how much, if the texts differ that much in length */
    static int of(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(one, other, distance, i, j);
            }
        }
        return distance[one.length()][other.length()];
    }

    private static int step(String one, String other, int[][] distance, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(distance[i - 1][j - 1] + (same ? 0 : 1), Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }
}
